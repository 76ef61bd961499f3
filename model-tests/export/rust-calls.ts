/**
 * The part of a reproducer in Rust that makes the calls and judges the answers, in a process of its own.
 *
 * Bytes are read and written as volatile ones, and addresses pass a black box, because compilers presume that
 * an allocator keeps the rules.
 */
export const RUST_CALLS: string = String.raw`
/// Of a block above 16 MiB both ends are used, of any other every byte.
fn after(index: usize, size: usize) -> usize {
    let end = 1 << 23;
    if index + 1 == end && size > 2 * end { size - end } else { index + 1 }
}

/// Never zero, and different in neighbouring blocks and places.
fn written(seed: usize, index: usize) -> u8 {
    (1 + (seed * 7 + index + (index >> 8) * 5) % 255) as u8
}

fn read(address: usize) -> u8 {
    unsafe { (address as *const u8).read_volatile() }
}

/// Whether the first bytes from start, so many, are those of the block.
fn is_kept(block: &Block, start: usize, count: usize) -> bool {
    let mut index = 0;
    while index < count {
        if read(start + index) != written(block.seed, index) {
            return false;
        }
        index = after(index, block.size);
    }
    true
}

impl Caller {
    fn make_calls(&mut self) {
        for index in 0..STEPS.len() {
            self.make(index);
        }
        for &name in &self.live {
            let block = &self.blocks[name];
            if !is_kept(block, block.start, block.size) {
                self.found("payload-intact", "its bytes have changed at the end");
            }
        }
        println!("kept");
    }

    fn make(&mut self, index: usize) {
        let step = &STEPS[index];
        let block = self.blocks[step.block];
        match step.kind {
            Kind::Alloc | Kind::AllocZeroed => {
                let layout = match Layout::from_size_align(step.size, step.align) {
                    Ok(layout) if !block.is_live => layout,
                    _ => return,
                };
                let is_zeroed = step.kind == Kind::AllocZeroed;
                let start = self.ask(index, || unsafe {
                    if is_zeroed { JUDGED.alloc_zeroed(layout) } else { JUDGED.alloc(layout) }
                });
                self.grant(index, start, is_zeroed);
            }
            Kind::Realloc if block.is_live && step.size > 0 => self.resize(index, block),
            Kind::Dealloc if block.is_live => {
                self.judge_own(&block);
                self.release(index, block.start, block.size, block.align);
                self.delist(step.block);
                self.judge_bytes(step.block, "payload-intact");
            }
            Kind::DoubleFree if block.since > 0 && !block.is_live && !self.is_taken(block.start) => {
                self.misuse(index, block.start, block.size, block.align)
            }
            Kind::ForeignPointer => {
                let foreign = Box::new([0u64; 8]);
                self.misuse(index, &foreign[2] as *const u64 as usize, 8, 8);
            }
            Kind::InteriorPointer if block.is_live && step.offset > 0 && step.offset < block.size => {
                self.misuse(index, block.start + step.offset, block.size, block.align)
            }
            Kind::WrongLayout
                if block.is_live && (step.size != block.size || step.align != block.align) =>
            {
                self.misuse(index, block.start, step.size, step.align)
            }
            _ => {}
        }
    }

    fn resize(&mut self, index: usize, block: Block) {
        let step = &STEPS[index];
        let layout = match Layout::from_size_align(block.size, block.align) {
            Ok(layout) if Layout::from_size_align(step.size, block.align).is_ok() => layout,
            _ => return,
        };
        self.judge_own(&block);
        let start = self.ask(index, || unsafe {
            JUDGED.realloc(block.start as *mut u8, layout, step.size)
        });
        if start == 0 {
            return self.decline(index);
        }
        self.judge_place(step.block, start, step.size, block.align);
        self.judge_bytes(step.block, "payload-intact");
        println!("touch\tblock-in-extent");
        if !is_kept(&block, start, block.size.min(step.size)) {
            self.found("realloc-keeps-prefix", "a byte that it had has changed");
        }
        self.settle(index, start, block.align);
    }

    /// Says that a call is made, makes it, and says that it is over.
    fn ask<Call: FnOnce() -> *mut u8>(&self, index: usize, call: Call) -> usize {
        println!("ask\t{}", index);
        let start = black_box(call()) as usize;
        println!("touch\tpayload-intact");
        start
    }

    fn release(&self, index: usize, start: usize, size: usize, align: usize) {
        if let Ok(layout) = Layout::from_size_align(size, align) {
            self.ask(index, || {
                unsafe { JUDGED.dealloc(start as *mut u8, layout) };
                start as *mut u8
            });
        }
    }

    /// To be accepted is to break a rule.
    fn misuse(&self, index: usize, start: usize, size: usize, align: usize) {
        self.release(index, start, size, align);
        self.found("misuse-rejected", "it is accepted");
    }

    fn is_taken(&self, start: usize) -> bool {
        let has = |block: &Block| block.start <= start && start < block.start + block.size;
        self.live.iter().any(|&name| has(&self.blocks[name]))
    }

    fn delist(&mut self, name: usize) {
        let place = self.blocks[name].place;
        self.blocks[name].is_live = false;
        self.live.swap_remove(place);
        if let Some(&moved) = self.live.get(place) {
            self.blocks[moved].place = place;
        }
    }

    fn decline(&mut self, index: usize) {
        if MUST_GRANT == Some(index) {
            self.found(RULE, "it is refused");
        }
        self.judge_bytes(BLOCK_COUNT, "declined-without-effect");
    }

    fn grant(&mut self, index: usize, start: usize, is_zeroed: bool) {
        let step = &STEPS[index];
        if start == 0 {
            return self.decline(index);
        }
        self.judge_place(step.block, start, step.size, step.align);
        self.judge_bytes(step.block, "payload-intact");
        println!("touch\tblock-in-extent");
        let mut byte = 0;
        while is_zeroed && byte < step.size {
            if read(start + byte) != 0 {
                self.found("zeroed-is-zero", "it has a byte that is not zero");
            }
            byte = after(byte, step.size);
        }
        self.settle(index, start, step.align);
    }

    /// Makes a block of what was granted, and uses it.
    fn settle(&mut self, index: usize, start: usize, align: usize) {
        let step = &STEPS[index];
        let (size, since) = (step.size, index + 1);
        self.seeds += 1;
        let Block { is_live, mut place, .. } = self.blocks[step.block];
        if !is_live {
            place = self.live.len();
            self.live.push(step.block);
        }
        let seed = self.seeds;
        self.blocks[step.block] = Block { start, size, align, seed, since, place, is_live: true };
        // The last byte first: what is beyond all memory ends here, before anything else is lost.
        if size > 0 {
            unsafe { ((start + size - 1) as *mut u8).write_volatile(0) };
        }
        let mut byte = 0;
        while byte < size {
            unsafe { ((start + byte) as *mut u8).write_volatile(written(self.seeds, byte)) };
            byte = after(byte, size);
        }
        println!("touch\tpayload-intact");
    }

    fn judge_place(&self, own: usize, start: usize, size: usize, align: usize) {
        if start.checked_add(size).is_none() {
            self.found("block-in-extent", "it ends beyond the last address");
        }
        let align = align.max(ALIGN_DEFAULT);
        if start % align != 0 {
            let rest = start % align;
            self.found("block-aligned", &format!("{:#x} is {} above a multiple of {}", start, rest, align));
        }
        for &name in &self.live {
            let other = &self.blocks[name];
            let is_apart = other.start + other.size <= start || start + size <= other.start;
            if name != own && !is_apart {
                let fact = format!(
                    "{} bytes at {:#x} have a byte of the block of call {}",
                    size, start, other.since
                );
                self.found("live-blocks-disjoint", &fact);
            }
        }
    }

    /// Whether the bytes of the live blocks but one are what their owner wrote.
    fn judge_bytes(&mut self, except: usize, rule: &str) {
        self.turn = if self.turn + 1 < self.live.len() { self.turn + 1 } else { 0 };
        let count = if SWEEPS { self.live.len() } else { 1 };
        let first = if SWEEPS { 0 } else { self.turn };
        for &name in self.live.iter().skip(first).take(count) {
            let block = &self.blocks[name];
            if name != except && !is_kept(block, block.start, block.size) {
                let (size, start, since) = (block.size, block.start, block.since);
                let fact = format!("{} bytes at {:#x}, placed by call {}, have changed", size, start, since);
                self.found(rule, &fact);
            }
        }
    }

    /// A block that is not swept is looked at before it goes.
    fn judge_own(&self, block: &Block) {
        if !SWEEPS && !is_kept(block, block.start, block.size) {
            self.found("payload-intact", "its bytes have changed");
        }
    }

    fn found(&self, rule: &str, fact: &str) -> ! {
        println!("broken\t{}\t{}", rule, fact);
        process::exit(0)
    }
}
`;
