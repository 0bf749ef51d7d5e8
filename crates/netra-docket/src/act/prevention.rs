//! Prevention: what an office did before anything happened, to whom, and what came back from them.
//!
//! Whom a measure was for is told as it was then: an agency that is renamed or leaves the office's list stays in the
//! record under the name that it had. Names are those of agencies and functions, never of persons.

use netra_law::pack::Regime;
use serde::{Deserialize, Serialize};

use super::Exhibit;
use crate::ids::{ActId, RecipientId};
use crate::private::Private;

/// A prevention activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prevention {
    /// Which procedure the election selects.
    pub regime: Regime,
    /// Information session, appeal, circular, coordination, supervision.
    pub activity: PreventionKind,
    /// In one line.
    pub subject_line: String,
    /// To whom, in words: city secretary, agencies, parties, candidate pairs, ASN, contract staff, RT.
    pub audience: Vec<String>,
    /// Number of the letter, if it is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub letter: String,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What was said.
    pub text: String,
    /// Attachments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
    /// How it was delivered, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// To whom of the office's list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Addressee>,
    /// How many people came, if they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<u32>,
}

/// Somebody of the office's list, as the list had it when the measure was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// Which entry of the list.
    pub id: RecipientId,
    /// What kind.
    pub kind: RecipientKind,
    /// Name of the agency or function.
    pub name: String,
    /// Home-affairs code of its region, e.g. `64.71.03`; empty if it has none of its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// Address on letters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
}

/// What came back from some of those to whom a measure was addressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreventionAnswered {
    /// The act that recorded the measure.
    pub of: ActId,
    /// Who, by their ids in the measure.
    pub who: Vec<RecipientId>,
    /// What came back.
    pub answer: RecipientAnswer,
    /// Number of the receipt, reply or attendance list, if it has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// How many people of theirs came, if they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<u32>,
    /// What they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Private<String>>,
}

macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $id:literal, $indonesian:literal;)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// All of them, in the order of lists.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in JSON, the store and forms.
            pub fn id(self) -> &'static str {
                match self { $($name::$variant => $id),+ }
            }

            /// The words on screens and paper.
            pub fn indonesian(self) -> &'static str {
                match self { $($name::$variant => $indonesian),+ }
            }

            /// Reads the word back.
            pub fn from_id(id: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.id() == id)
            }
        }
    };
}

words! {
    /// Kinds of prevention.
    PreventionKind {
        /// Information session.
        #[doc(alias = "sosialisasi")]
        InformationSession = "information-session", "Sosialisasi";
        /// Appeal by letter.
        #[doc(alias = "imbauan")]
        AppealLetter = "appeal-letter", "Surat imbauan";
        /// A circular of the government that the office follows.
        #[doc(alias = "surat edaran")]
        Circular = "circular", "Surat edaran";
        /// Coordination meeting.
        #[doc(alias = "rapat koordinasi")]
        Coordination = "coordination", "Rapat koordinasi";
        /// Supervision of a stage.
        #[doc(alias = "pengawasan")]
        Supervision = "supervision", "Pengawasan";
        /// Figures compared between elections.
        #[doc(alias = "pemetaan kerawanan")]
        Comparison = "comparison", "Pemetaan kerawanan";
    }
}

words! {
    /// Kinds of addressees.
    #[doc(alias = "penerima imbauan")]
    RecipientKind {
        /// The regent, mayor or governor, who is also the appointing official.
        RegionalHead = "regional-head", "Kepala daerah";
        /// The secretary of the region.
        Secretary = "secretary", "Sekretaris Daerah";
        /// An agency of the region.
        Agency = "agency", "Perangkat daerah";
        /// A sub-district.
        Subdistrict = "subdistrict", "Kecamatan";
        /// A village or urban village.
        Village = "village", "Kelurahan atau desa";
        /// Heads of neighbourhoods.
        Neighbourhood = "neighbourhood", "RT dan RW";
        /// A party.
        Party = "party", "Partai politik";
        /// A pair of candidates, or those who want to be one.
        CandidatePair = "candidate-pair", "Pasangan calon";
        /// Civil servants of a unit or profession.
        CivilServants = "civil-servants", "ASN";
        /// Contract staff.
        ContractStaff = "contract-staff", "Tenaga kontrak (non-ASN)";
        /// Anybody else: a state body, an enterprise, the public.
        Other = "other", "Lainnya";
    }
}

words! {
    /// How a measure was delivered.
    Delivery {
        /// Handed over.
        ByHand = "by-hand", "Diantar langsung";
        /// Sent by post or courier.
        Post = "post", "Pos atau kurir";
        /// Sent by mail.
        Email = "email", "Surel";
        /// Sent as a message.
        Messenger = "messenger", "Pesan singkat";
        /// Said in a meeting.
        Meeting = "meeting", "Tatap muka";
        /// Said in a meeting on the net.
        Online = "online", "Pertemuan daring";
        /// Published for everybody.
        Published = "published", "Diumumkan";
    }
}

words! {
    /// What came back from an addressee.
    RecipientAnswer {
        /// The receipt was signed.
        Received = "received", "Diterima (ada tanda terima)";
        /// They came.
        Attended = "attended", "Hadir";
        /// They replied in writing.
        Replied = "replied", "Dijawab tertulis";
        /// They stayed away.
        Absent = "absent", "Tidak hadir";
        /// It came back, or nobody took it.
        Returned = "returned", "Tidak sampai";
    }
}

impl RecipientAnswer {
    /// Whether the measure reached them after all.
    pub fn is_reached(self) -> bool {
        !matches!(self, RecipientAnswer::Absent | RecipientAnswer::Returned)
    }
}
