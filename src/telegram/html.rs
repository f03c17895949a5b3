//! Text with Telegram's HTML markup, escaped as it is put together. Knows no answer and no message.

/// The most characters that a message may have once its markup is taken away.
pub(super) const LONGEST_MESSAGE: usize = 4096;
/// The most characters that the words under a picture may have.
pub(super) const LONGEST_CAPTION: usize = 1024;

/// A piece of a message. It can only be made of escaped text and of tags that are closed again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Html {
    markup: String,
    length: usize,
}

impl Html {
    /// Plain text.
    pub(super) fn text(text: &str) -> Self {
        let mut markup = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '&' => markup.push_str("&amp;"),
                '<' => markup.push_str("&lt;"),
                '>' => markup.push_str("&gt;"),
                _ => markup.push(character),
            }
        }
        Self {
            markup,
            length: text.chars().count(),
        }
    }

    /// Bold text.
    pub(super) fn bold(text: &str) -> Self {
        Self::text(text).within("b")
    }

    /// This as a quotation. Quotations cannot stand inside each other.
    pub(super) fn quoted(self) -> Self {
        self.within("blockquote")
    }

    /// This as a quotation that shows its first lines only, until somebody taps on it.
    pub(super) fn folded(self) -> Self {
        Self {
            markup: format!("<blockquote expandable>{}</blockquote>", self.markup),
            length: self.length,
        }
    }

    fn within(self, tag: &str) -> Self {
        Self {
            markup: format!("<{tag}>{}</{tag}>", self.markup),
            length: self.length,
        }
    }

    /// Puts another piece behind this one.
    pub(super) fn push(&mut self, other: &Self) {
        self.markup.push_str(&other.markup);
        self.length += other.length;
    }

    /// Puts pieces together, with the same plain text between each two of them.
    pub(super) fn join(pieces: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let between = Self::text(between);
        let mut whole = Self::default();
        for (index, piece) in pieces.into_iter().enumerate() {
            if index > 0 {
                whole.push(&between);
            }
            whole.push(&piece);
        }
        whole
    }

    /// How many characters Telegram counts: those that are left without the markup.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// The text with its markup.
    pub(super) fn into_markup(self) -> String {
        self.markup
    }
}

impl From<String> for Html {
    fn from(text: String) -> Self {
        Self::text(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_the_tags_is_escaped() {
        let html = Html::join(
            [
                Html::bold("5 < 6 & 7 > 6"),
                Html::text("</b><script>").quoted(),
            ],
            "\n&",
        );
        assert_eq!(
            html.length(),
            "5 < 6 & 7 > 6".len() + 2 + "</b><script>".len()
        );
        assert_eq!(
            html.into_markup(),
            "<b>5 &lt; 6 &amp; 7 &gt; 6</b>\n&amp;<blockquote>&lt;/b&gt;&lt;script&gt;</blockquote>"
        );
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert_eq!(Html::text("қанша & 😀").length(), 9);
    }
}
