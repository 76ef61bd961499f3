#!/usr/bin/env node
/** The command line: reads the words, calls the library, prints what it answers. */
import { main } from "./main.ts";

process.exitCode = await main(process.argv.slice(2));
