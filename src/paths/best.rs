//! The best few simple paths of at most four lines.
//!
//! Search by best first: a heap holds beginnings of paths, each with the quality of the best simple path of a given length that begins so, and that
//! quality is exact. So whatever leaves the heap leads to the next result, and the search is over after a few steps for each result. The exact
//! qualities come from tables of endings: the line to the target, the best three endings of two lines, and for three lines the best ending and
//! the best that does without either of its nodes. Longer paths would need tables that grow with every node to be avoided; four lines are
//! what people can be asked to go through (see the spec's limit), and up to there the tables are small.
//!
//! Order of results: quality, then fewer lines, then the numbers of the nodes from the first on. Literature: the general problem is that of
//! J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science 17 (1971); keeping the best endings that avoid given
//! nodes is the idea of E. L. Lawler's partition (Management Science 18, 1972), spelled out for short paths.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use super::lines::{Line, Lines};
use super::sparse::Sparse;

/// The most lines a path may have. Source: the rules, section 10.
pub(crate) const HOPS_MAX: usize = 4;

/// The quality of a perfect path: [`HOPS_MAX`] factors of 100 hundredths.
pub(crate) const PERFECT: u32 = 100_000_000;

/// A simple path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    /// Its nodes, from the source to the target: one more than its lines.
    pub(crate) nodes: Vec<u32>,
    /// The product of the qualities of its lines, in units of 10⁻⁸, exact.
    pub(crate) quality: u32,
}

/// An ending `node → via → target`.
#[derive(Clone, Copy, Debug, Default)]
struct Two {
    quality: u16,
    via: u32,
}

/// The best endings of two lines from one node, best first, at equal quality the least node first; an empty place has quality 0.
type Twos = [Two; 3];

/// The best endings of three lines `node → first → via → target` from one node.
#[derive(Clone, Copy, Debug, Default)]
struct Threes {
    best: u32,
    first: u32,
    via: u32,
    /// The best that goes through `first` nowhere.
    without_first: u32,
    /// The best that goes through `via` nowhere.
    without_via: u32,
}

impl Threes {
    fn avoiding(&self, node: u32) -> u32 {
        match node {
            _ if self.best == 0 => 0,
            node if node == self.first => self.without_first,
            node if node == self.via => self.without_via,
            _ => self.best,
        }
    }
}

/// The beginning of a path, or a whole one, and the best that begins so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Beginning {
    quality: u32,
    /// How many lines the whole path has.
    hops: u8,
    len: u8,
    nodes: [u32; HOPS_MAX + 1],
}

impl Beginning {
    fn nodes(&self) -> &[u32] {
        &self.nodes[..usize::from(self.len)]
    }

    fn is_whole(&self) -> bool {
        self.len == self.hops + 1
    }

    fn and(&self, node: u32, quality: u32) -> Self {
        let mut next = Self { quality, len: self.len + 1, ..*self };
        next.nodes[usize::from(self.len)] = node;
        next
    }
}

/// The greatest leaves the heap first: the best, then the shortest, then the first by its nodes.
impl Ord for Beginning {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |one: &Self| (one.quality, Reverse(one.hops));
        key(self).cmp(&key(other)).then_with(|| other.nodes().cmp(self.nodes()))
    }
}

impl PartialOrd for Beginning {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a search notes of nodes; kept from one search to the next.
#[derive(Debug)]
pub(crate) struct Tables {
    /// The quality of the line to the target; 0: none.
    direct: Sparse<u8>,
    twos: Sparse<Twos>,
    /// Filled when asked for.
    threes: Sparse<Option<Threes>>,
}

impl Tables {
    pub(crate) const fn new(nodes: usize) -> Self {
        Self { direct: Sparse::new(nodes), twos: Sparse::new(nodes), threes: Sparse::new(nodes) }
    }

    fn clear(&mut self) {
        self.direct.clear();
        self.twos.clear();
        self.threes.clear();
    }
}

/// Everything that ends at one target, ready to be asked for the best paths from sources.
#[derive(Debug)]
pub(crate) struct BestPaths<'a> {
    lines: &'a Lines,
    blocked: &'a [bool],
    target: u32,
    hops_max: usize,
    tables: &'a mut Tables,
}

impl<'a> BestPaths<'a> {
    /// Prepares the paths to a target of at most `hops_max` (1..=[`HOPS_MAX`]) lines that go through no blocked node; a source may be blocked.
    ///
    /// O(the lines that arrive at whoever has a line to the target).
    pub(crate) fn new(lines: &'a Lines, blocked: &'a [bool], target: u32, hops_max: usize, tables: &'a mut Tables) -> Self {
        tables.clear();
        for line in lines.to(target) {
            tables.direct.set(line.to, line.quality);
        }
        if hops_max > 1 {
            let open = |via: &&Line| !blocked[via.to as usize];
            lines.to(target).iter().filter(open).for_each(|via| add_twos(lines, *via, target, &mut tables.twos));
        }
        Self { lines, blocked, target, hops_max: hops_max.clamp(1, HOPS_MAX), tables }
    }

    /// The best `count` paths from any of the sources, in their order. Sources are told once each; the target is none.
    ///
    /// O(sources + the lines that leave them and their neighbours, each at most four times) and for each result the lines of a few nodes,
    /// times the logarithm of what is open. Few passes over the lines at worst.
    pub(crate) fn from(&mut self, sources: &[u32], count: usize) -> Vec<Path> {
        let mut heap = BinaryHeap::new();
        let target = self.target;
        for source in sources.iter().filter(|source| **source != target) {
            self.begin(*source, &mut heap);
        }
        let mut found = Vec::new();
        while found.len() < count {
            let Some(best) = heap.pop() else { break };
            if best.is_whole() {
                found.push(Path { nodes: best.nodes().to_vec(), quality: best.quality });
            } else {
                self.go_on(&best, &mut heap);
            }
        }
        found
    }

    fn is_open(&self, node: u32) -> bool {
        node != self.target && !self.blocked[node as usize]
    }

    /// The best path of each length from a source.
    fn begin(&mut self, source: u32, heap: &mut BinaryHeap<Beginning>) {
        let at = |quality, hops| Beginning { quality, hops, len: 1, nodes: [source, 0, 0, 0, 0] };
        let direct = u32::from(self.tables.direct.get(source)) * (PERFECT / 100);
        heap.extend((direct > 0).then(|| at(direct, 1).and(self.target, direct)));
        for hops in 2..=self.hops_max {
            let quality = match hops {
                2 => u32::from(self.tables.twos.get(source)[0].quality) * 10_000,
                3 => self.threes_of(source).best * 100,
                _ => self.best_four(source),
            };
            // INVARIANT: at most four lines.
            heap.extend((quality > 0).then(|| at(quality, u8::try_from(hops).unwrap_or(4))));
        }
    }

    /// A beginning with each next node from which it can be ended.
    fn go_on(&mut self, so_far: &Beginning, heap: &mut BinaryHeap<Beginning>) {
        let nodes = so_far.nodes();
        let Some(last) = nodes.last().copied() else { return };
        let before = nodes.windows(2).map(|pair| u32::from(self.quality(pair[0], pair[1]))).product::<u32>();
        // What is missing of four factors of a hundred.
        let scale = 100_u32.pow(u32::try_from(HOPS_MAX).unwrap_or(4) - u32::from(so_far.hops));
        let left = usize::from(so_far.hops) + 1 - nodes.len();
        for line in self.lines.from(last) {
            if !self.is_open(line.to) || nodes.contains(&line.to) {
                continue;
            }
            let ending = match left {
                2 => u32::from(self.tables.direct.get(line.to)),
                3 => self.two_avoiding(line.to, nodes),
                _ => self.threes_of(line.to).avoiding(last),
            };
            if ending == 0 {
                continue;
            }
            let next = so_far.and(line.to, before * u32::from(line.quality) * ending * scale);
            heap.push(if left == 2 { next.and(self.target, next.quality) } else { next });
        }
    }

    fn quality(&self, from: u32, to: u32) -> u8 {
        self.lines.between(from, to).map_or(0, |line| line.quality)
    }

    /// The quality of the best ending of two lines that goes through none of at most two nodes.
    fn two_avoiding(&self, node: u32, nodes: &[u32]) -> u32 {
        self.tables.twos.get(node).iter().find(|two| !nodes.contains(&two.via)).map_or(0, |two| two.quality.into())
    }

    /// The best ending of three lines that does without one node: its quality, and the two nodes it goes through.
    fn best_of_three(&self, node: u32, avoid: Option<u32>) -> (u32, u32, u32) {
        let mut best = (0, 0, 0);
        for line in self.lines.from(node) {
            if !self.is_open(line.to) || Some(line.to) == avoid {
                continue;
            }
            let fits = |two: &&Two| two.via != node && Some(two.via) != avoid;
            if let Some(two) = self.tables.twos.get(line.to).iter().find(fits) {
                let quality = u32::from(line.quality) * u32::from(two.quality);
                if quality > best.0 {
                    best = (quality, line.to, two.via);
                }
            }
        }
        best
    }

    fn threes_of(&mut self, node: u32) -> Threes {
        if let Some(known) = self.tables.threes.get(node) {
            return known;
        }
        let (best, first, via) = self.best_of_three(node, None);
        let without = |avoid| if best == 0 { 0 } else { self.best_of_three(node, Some(avoid)).0 };
        let threes = Threes { best, first, via, without_first: without(first), without_via: without(via) };
        self.tables.threes.set(node, Some(threes));
        threes
    }

    fn best_four(&mut self, source: u32) -> u32 {
        let lines = self.lines;
        let open = lines.from(source).iter().filter(|line| line.to != self.target && !self.blocked[line.to as usize]);
        let neighbours: Vec<Line> = open.copied().collect();
        neighbours.iter().map(|line| u32::from(line.quality) * self.threes_of(line.to).avoiding(source)).max().unwrap_or(0)
    }
}

/// Adds the endings `node → via → target` of all nodes with a line to `via`.
fn add_twos(lines: &Lines, via: Line, target: u32, twos: &mut Sparse<Twos>) {
    for line in lines.to(via.to).iter().filter(|line| line.to != target) {
        let two = Two { quality: u16::from(line.quality) * u16::from(via.quality), via: via.to };
        let mut kept = twos.get(line.to);
        // Whoever comes later has a greater number, so it comes after its equals.
        if let Some(at) = kept.iter().position(|other| other.quality < two.quality) {
            kept[at..].rotate_right(1);
            kept[at] = two;
            twos.set(line.to, kept);
        }
    }
}
