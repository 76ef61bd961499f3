#!/usr/bin/env python3
"""A driver in Python: it asks an allocator what it is told to ask, and tells what the allocator answered.

    npx ariadne check --stdio "python3 driver.py"

Copy it and put your allocator where FirstFit is: in this process, behind a debugger, on a serial line.
README.md beside it has all that may be said.
"""

import json
import sys

BASE = 4096  # Where the arena begins, as addresses are told: the same in every run, and never 0.


class FirstFit:
    """Blocks in the order of their addresses; the first gap that fits is taken."""

    def __init__(self, size):
        self.memory = bytearray(size)
        self.blocks = []  # (start, end), in order

    def allocate(self, size, align):
        start = BASE
        for place, (block_start, block_end) in enumerate(self.blocks + [(BASE + len(self.memory), 0)]):
            start = -(-start // align) * align
            if start + max(size, 1) <= block_start:
                self.blocks.insert(place, (start, start + max(size, 1)))
                return start
            start = block_end
        return None

    def release(self, address):
        found = [block for block in self.blocks if block[0] == address]
        if not found:
            return False
        self.blocks.remove(found[0])
        return True


def hello():
    return {
        "t": "hello",
        "v": 1,
        "name": "first-fit in Python",
        "again": True,  # create may come again, to this same process
        "offers": ["memory", "realloc", "fingerprint"],
        "promises": {
            "alignMax": 4096,
            "reallocKeepsAlign": True,
            "reclaims": True,
            "zeroSize": "block",
            "rejects": ["double-free", "foreign-pointer", "interior-pointer"],
        },
    }


def call(heap, request):
    kind = request["call"]
    if kind == "alloc":
        placed = heap.allocate(request["size"], request["align"])
    elif kind == "realloc":
        old = int(request["address"], 16) - BASE
        placed = heap.allocate(request["size"], request["align"])
        if placed is not None:
            kept = min(request["oldSize"], request["size"])
            heap.memory[placed - BASE : placed - BASE + kept] = heap.memory[old : old + kept]
            heap.release(old + BASE)
    elif heap.release(int(request["address"], 16)):
        return {"t": "answer", "released": True}
    else:
        return {"t": "answer", "rejected": True}
    if placed is None:
        return {"t": "answer", "refused": True}
    return {"t": "answer", "placed": hex(placed)}


def main():
    heap = None
    for line in sys.stdin:  # the end of the input is the end of the work
        request = json.loads(line)
        kind = request["t"]
        if kind == "hello":
            answer = hello()
        elif kind == "create":
            heap = FirstFit(request["memoryBytes"])
            answer = {"t": "created", "extent": [{"start": hex(BASE), "size": len(heap.memory)}]}
        elif kind == "call":
            answer = call(heap, request)
        elif kind == "fingerprint":
            answer = {"t": "fingerprint", "text": str(heap.blocks)}
        elif kind == "read":
            start = int(request["address"], 16) - BASE
            answer = {"t": "bytes", "hex": heap.memory[start : start + request["size"]].hex()}
        elif kind == "write":
            start = int(request["address"], 16) - BASE
            data = bytes.fromhex(request["hex"])
            heap.memory[start : start + len(data)] = data
            answer = {"t": "written"}
        print(json.dumps(answer), flush=True)  # whoever asked waits for this line


if __name__ == "__main__":
    main()
