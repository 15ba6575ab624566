//! What a client, and whoever is between it and the server, may do to a list that holds a tag.

use arbitrary::Arbitrary;
use http::HeaderValue;

/// The members before the tag and after it. The tag is always one of them.
#[derive(Arbitrary, Debug)]
pub struct Mangling {
    before: Vec<(Member, Gap)>,
    gap: (White, White),
    weak: bool,
    after: Vec<(Gap, Member)>,
}

/// A member that is not the tag, and perhaps no tag at all.
#[derive(Arbitrary, Debug)]
pub enum Member {
    Empty,
    Strong(Vec<u8>),
    Weak(Vec<u8>),
    Unquoted(Vec<u8>),
    Unclosed(Vec<u8>),
}

/// What stands between two members.
#[derive(Arbitrary, Debug)]
pub enum Gap {
    Comma(White, White),
    Line,
}

/// Optional white space.
#[derive(Arbitrary, Debug)]
pub struct White(u8);

impl Mangling {
    /// The lines of a field in which the tag is a member, as it is or with `W/` in front.
    pub fn lines(&self, tag: &HeaderValue, may_be_weak: bool) -> Vec<HeaderValue> {
        let mut lines = vec![Vec::new()];
        for (member, gap) in &self.before {
            member.write(&mut lines);
            gap.write(&mut lines);
        }
        let mut own = self.gap.0.octets();
        if self.weak && may_be_weak {
            own.extend_from_slice(b"W/");
        }
        own.extend_from_slice(tag.as_bytes());
        own.extend(self.gap.1.octets());
        write(&mut lines, &own);
        for (gap, member) in &self.after {
            gap.write(&mut lines);
            member.write(&mut lines);
        }
        lines.iter().map(|line| HeaderValue::from_bytes(line).expect("a line without controls")).collect()
    }
}

impl Member {
    fn write(&self, lines: &mut [Vec<u8>]) {
        let member = match self {
            Member::Empty => Vec::new(),
            Member::Strong(octets) => [b"\"", &*plain(octets), b"\""].concat(),
            Member::Weak(octets) => [b"W/\"", &*plain(octets), b"\""].concat(),
            Member::Unquoted(octets) => plain(octets),
            Member::Unclosed(octets) => [b"\"", &*plain(octets)].concat(),
        };
        write(lines, &member);
    }
}

/// Without what a line cannot hold, and without the `.` of a tag that is not there yet: nobody can have it.
fn plain(octets: &[u8]) -> Vec<u8> {
    octets.iter().copied().filter(|octet| !matches!(octet, 0..=8 | 10..=31 | b'.' | 0x7f)).collect()
}

impl Gap {
    fn write(&self, lines: &mut Vec<Vec<u8>>) {
        match self {
            Gap::Comma(before, after) => write(lines, &[&*before.octets(), b",", &*after.octets()].concat()),
            Gap::Line => lines.push(Vec::new()),
        }
    }
}

impl White {
    fn octets(&self) -> Vec<u8> {
        (0..self.0 % 4).map(|place| if self.0 >> (place + 2) & 1 == 0 { b' ' } else { b'\t' }).collect()
    }
}

fn write(lines: &mut [Vec<u8>], octets: &[u8]) {
    if let Some(line) = lines.last_mut() {
        line.extend_from_slice(octets);
    }
}
