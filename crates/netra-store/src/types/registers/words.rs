//! The words of lists, comparisons and reviews, and their ids.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID made by the caller.
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A list of people.
    ListId;
    /// A comparison of two lists.
    RunId;
    /// A pair that a comparison found.
    PairId;
}

macro_rules! words {
    ($(#[$top:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $id:literal, $indonesian:literal;)+ }) => {
        $(#[$top])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in the store and in forms.
            pub fn id(self) -> &'static str {
                match self { $($name::$variant => $id),+ }
            }

            /// The words on screens.
            pub fn indonesian(self) -> &'static str {
                match self { $($name::$variant => $indonesian),+ }
            }

            /// Reads the word back.
            pub fn from_id(id: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.id() == id)
            }
        }
    };
}

words! {
    /// What a list is a list of.
    ListKind {
        /// Candidates before objections.
        #[doc(alias = "daftar calon sementara")]
        TemporaryCandidates = "temporary-candidates", "daftar calon sementara (DCS)";
        /// Candidates for good.
        #[doc(alias = "daftar calon tetap")]
        FinalCandidates = "final-candidates", "daftar calon tetap (DCT)";
        /// Members of a party.
        PartyMembers = "party-members", "daftar anggota partai politik";
        /// Civil servants.
        #[doc(alias = "daftar ASN")]
        CivilServants = "civil-servants", "daftar ASN";
    }
}

words! {
    /// How far a comparison has come.
    RunState {
        /// It runs, or waits for its turn.
        Running = "running", "berjalan";
        /// It came to its end.
        Done = "done", "selesai";
        /// It could not be made.
        Failed = "failed", "gagal";
    }
}

words! {
    /// Whether a candidate of a pair was on the list before.
    EntryState {
        /// There was no earlier list to look at.
        Unknown = "unknown", "tanpa daftar sebelumnya";
        /// It is new.
        New = "new", "baru";
        /// It was there and differs.
        Changed = "changed", "berubah";
        /// It was there.
        Same = "same", "tetap";
    }
}

words! {
    /// What one person says about a pair.
    PairVerdict {
        /// One person.
        Match = "match", "orang yang sama";
        /// Two persons.
        NoMatch = "no-match", "bukan orang yang sama";
        /// Cannot be said from what is there.
        Unsure = "unsure", "belum dapat dipastikan";
    }
}

words! {
    /// What somebody did with a list, a comparison or a pair.
    LookKind {
        /// The list came in.
        Imported = "imported", "mengimpor daftar";
        /// Its page was opened.
        Opened = "opened", "membuka halaman daftar";
        /// Something was looked for in it.
        Searched = "searched", "mencari dalam daftar";
        /// Lists were compared.
        Compared = "compared", "memulai pembandingan";
        /// The result of a comparison was looked at.
        ResultSeen = "result-seen", "melihat hasil pembandingan";
        /// A pair was looked at.
        PairSeen = "pair-seen", "melihat pasangan";
        /// A pair was decided.
        Decided = "decided", "memutus pasangan";
        /// It was noted what came of a clarification.
        Clarified = "clarified", "mencatat hasil klarifikasi";
        /// A matter was opened from a pair.
        MatterOpened = "matter-opened", "membuka informasi awal";
        /// Decisions were handed out, without names.
        Exported = "exported", "mengunduh keputusan tanpa nama";
        /// What the list says was deleted.
        Deleted = "deleted", "menghapus isi daftar";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for kind in ListKind::ALL {
            assert_eq!(ListKind::from_id(kind.id()), Some(*kind));
        }
        for kind in LookKind::ALL {
            assert_eq!(LookKind::from_id(kind.id()), Some(*kind));
        }
        assert_eq!(PairVerdict::from_id("tidak-ada"), None);
    }
}
