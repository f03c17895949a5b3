//! The lexicons of a hearing, indexed: all that the matcher knows of words. They can be stored as bytes, so that those of the
//! built-in knowledge are made when the program is built (`build.rs`) and not at every start.

use super::concept::Concepts;
use super::folded::Folded;
use super::index::Index;
use crate::knowledge::{Knowledge, Lexicons};
use crate::language::Language;
use crate::parallel::in_parallel;

/// The index of every lexicon, in its own letters and in Latin ones.
pub struct Indexes(pub(super) Vec<Index>);

impl Indexes {
    /// Indexes the lexicons of a hearing; they are needed no more.
    ///
    /// # Errors
    /// A lexicon names a stemmer that does not exist.
    pub fn new(knowledge: &Knowledge, lexicons: &Lexicons) -> Result<Self, String> {
        let concepts = Concepts::new(&knowledge.concepts);
        let built = in_parallel(&Language::ALL, |&language| {
            let folded = Folded::new(lexicons.get(language));
            let native = Index::new(language, &folded, &concepts, None)?;
            let latin = (language != Language::En)
                .then(|| Index::new(language, &folded, &concepts, Some(&native)));
            Ok::<_, String>((native, latin.transpose()?))
        });
        // Native letters come first: a word that a language has itself is not looked for in disguise.
        let (mut indexes, mut latins) = (Vec::new(), Vec::new());
        for built in built {
            let (native, latin) = built?;
            indexes.push(native);
            latins.extend(latin);
        }
        indexes.append(&mut latins);
        Ok(Self(indexes))
    }

    /// The indexes as bytes, the same for the same knowledge: a head of a few thousand, and all words and numbers after it, which
    /// nobody has to go through before they are looked for.
    ///
    /// # Errors
    /// None that is known.
    pub fn into_bytes(mut self) -> Result<Vec<u8>, postcard::Error> {
        let (mut lengths, mut body) = (Vec::new(), Vec::new());
        for part in self.0.iter_mut().flat_map(Index::parts) {
            lengths.push(part.len());
            body.extend_from_slice(part.all());
        }
        let mut bytes = postcard::to_allocvec(&(&self.0, lengths))?;
        bytes.append(&mut body);
        Ok(bytes)
    }

    /// The indexes that were made into these bytes, by the same version of the program and of its knowledge.
    ///
    /// # Errors
    /// The bytes are none of indexes.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, postcard::Error> {
        let (head, mut body) = postcard::take_from_bytes::<(Vec<Index>, Vec<usize>)>(bytes)?;
        let (mut indexes, lengths) = head;
        for (part, length) in indexes.iter_mut().flat_map(Index::parts).zip(lengths) {
            let own = body.split_off(..length);
            part.lie_in(own.ok_or(postcard::Error::DeserializeUnexpectedEnd)?);
        }
        Ok(Self(indexes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Folder;

    #[test]
    fn bytes_are_the_same_at_every_run_and_lose_nothing() {
        let folder = Folder::embedded();
        let made = || {
            let loaded = Knowledge::load_with_lexicons(&folder);
            let (knowledge, lexicons) = loaded.expect("it is sound");
            let indexes = Indexes::new(&knowledge, &lexicons).expect("it has stemmers");
            indexes.into_bytes().expect("memory takes them")
        };
        let bytes = made();
        assert!(bytes == made());
        let read = Indexes::from_bytes(bytes.clone().leak()).expect("they are indexes");
        assert!(bytes == read.into_bytes().expect("memory takes them"));
    }
}
