//! Bytes and numbers that are read where they lie: what was made when the program was built (`build.rs`) is part of it and is
//! never copied. Knows nothing of what they mean.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Bytes, one after the other. They are stored apart from what they are a part of, so that whoever reads that need not go
/// through them.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Bytes {
    #[serde(skip)]
    bytes: Cow<'static, [u8]>,
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes: Cow::Owned(bytes),
        }
    }
}

impl Bytes {
    /// Adds bytes as the last ones.
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        self.bytes.to_mut().extend_from_slice(bytes);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[u8] {
        &self.bytes
    }

    /// Some of them.
    pub(crate) fn get(&self, range: Range<usize>) -> Option<&[u8]> {
        self.bytes.get(range)
    }

    /// From now on they are these, where they lie.
    pub(crate) fn lie_in(&mut self, bytes: &'static [u8]) {
        self.bytes = Cow::Borrowed(bytes);
    }

    /// Gives back the room that no byte needs.
    pub(crate) fn shrink(&mut self) {
        if let Cow::Owned(bytes) = &mut self.bytes {
            bytes.shrink_to_fit();
        }
    }
}

/// Numbers, one after the other, the same on every machine: of four bytes, or of two once all are there and fit.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Numbers {
    bytes: Bytes,
    narrow: bool,
}

impl Numbers {
    /// So many times the same number.
    pub(crate) fn repeat(number: u32, times: usize) -> Self {
        std::iter::repeat_n(number, times).collect()
    }

    /// Adds a number as the last one.
    pub(crate) fn push(&mut self, number: u32) {
        self.widen();
        self.bytes.extend(&number.to_le_bytes());
    }

    /// Puts a number in place of another.
    pub(crate) fn set(&mut self, position: usize, number: u32) {
        self.widen();
        let (wide, _) = self.bytes.bytes.to_mut().as_chunks_mut();
        if let Some(place) = wide.get_mut(position) {
            *place = number.to_le_bytes();
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all().len()
    }

    /// The number at a position.
    pub(crate) fn get(&self, position: usize) -> Option<u32> {
        self.all().get(position)
    }

    /// Some of the numbers; none where they do not all exist.
    pub(crate) fn slice(&self, range: Range<usize>) -> Slice<'_> {
        match self.all() {
            Slice::Narrow(numbers) => Slice::Narrow(numbers.get(range).unwrap_or_default()),
            Slice::Wide(numbers) => Slice::Wide(numbers.get(range).unwrap_or_default()),
        }
    }

    /// Gives back the room that no number needs.
    pub(crate) fn shrink(&mut self) {
        let narrow = self.all().iter().map(u16::try_from);
        if let Ok(narrow) = narrow.collect::<Result<Vec<u16>, _>>() {
            let bytes: Vec<u8> = narrow.into_iter().flat_map(u16::to_le_bytes).collect();
            *self = Self {
                bytes: bytes.into(),
                narrow: true,
            };
        }
        self.bytes.shrink();
    }

    /// The bytes they lie in.
    pub(crate) fn part(&mut self) -> &mut Bytes {
        &mut self.bytes
    }

    fn widen(&mut self) {
        if self.narrow {
            *self = self.all().iter().collect();
        }
    }

    fn all(&self) -> Slice<'_> {
        if self.narrow {
            Slice::Narrow(self.bytes.all().as_chunks().0)
        } else {
            Slice::Wide(self.bytes.all().as_chunks().0)
        }
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let bytes: Vec<u8> = numbers.into_iter().flat_map(u32::to_le_bytes).collect();
        Self {
            bytes: bytes.into(),
            narrow: false,
        }
    }
}

/// Numbers that lie one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Slice<'a> {
    Narrow(&'a [[u8; 2]]),
    Wide(&'a [[u8; 4]]),
}

impl<'a> Slice<'a> {
    /// How many there are.
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Narrow(numbers) => numbers.len(),
            Self::Wide(numbers) => numbers.len(),
        }
    }

    /// The numbers.
    pub(crate) fn iter(self) -> impl Iterator<Item = u32> + 'a {
        (0..self.len()).map_while(move |position| self.get(position))
    }

    fn get(self, position: usize) -> Option<u32> {
        match self {
            Self::Narrow(numbers) => {
                let number = numbers.get(position).copied();
                number.map(|number| u16::from_le_bytes(number).into())
            }
            Self::Wide(numbers) => numbers.get(position).copied().map(u32::from_le_bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_and_changed() {
        let mut numbers: Numbers = [1, u32::MAX].into_iter().collect();
        numbers.shrink();
        numbers.push(7);
        numbers.set(0, 3);
        numbers.set(3, 9);
        assert_eq!(numbers.len(), 3);
        assert_eq!(numbers.get(3), None);
        assert_eq!(
            numbers.slice(0..3).iter().collect::<Vec<_>>(),
            [3, u32::MAX, 7]
        );
        assert_eq!(numbers.slice(1..4).len(), 0);
    }

    #[test]
    fn small_numbers_take_half_the_room_until_a_large_one_comes() {
        let mut numbers: Numbers = [1, u32::from(u16::MAX)].into_iter().collect();
        numbers.shrink();
        assert_eq!(numbers.part().len(), 4);
        assert_eq!(numbers.get(1), Some(u32::from(u16::MAX)));
        assert_eq!(numbers.slice(0..2).iter().sum::<u32>(), 1 << 16);
        numbers.push(1 << 16);
        assert_eq!(numbers.part().len(), 12);
        assert_eq!(numbers.slice(0..3).iter().sum::<u32>(), 2 << 16);
    }
}
