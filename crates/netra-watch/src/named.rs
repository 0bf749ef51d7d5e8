//! The concepts that the program itself asks for by name.

use crate::rules::Concepts;

macro_rules! named {
    ($($field:ident = $id:literal),+ $(,)?) => {
        /// One set for each concept that code refers to.
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct Named {
            $(pub $field: Concepts),+
        }

        impl Named {
            /// Finds them among the ids of the concepts.
            ///
            /// # Errors
            /// One is missing.
            pub(crate) fn new(ids: &[String]) -> Result<Named, String> {
                let find = |id: &str| {
                    let place = ids.iter().position(|known| known == id);
                    place.map(Concepts::one).ok_or_else(|| format!("the concept '{id}' is missing; the program asks for it"))
                };
                Ok(Named { $($field: find($id)?),+ })
            }
        }
    };
}

named! {
    candidate = "candidate",
    party = "party",
    prospective = "prospective",
    determined = "determined",
    election = "election",
    pilkada = "pilkada",
    pemilu = "pemilu",
    voting_drive = "voting-drive",
    neutrality = "neutrality",
    speech = "speech",
    forbid = "forbid",
    maybe = "maybe",
    conditional = "conditional",
    negation = "negation",
    alleged = "alleged",
    single = "single",
    evidence = "evidence",
    supervisor = "supervisor",
    asn_body = "asn-body",
    prevent = "prevent",
    statistics = "statistics",
    explain = "explain",
    explain_strong = "explain-strong",
    warn_title = "warn-title",
    organiser_duty = "organiser-duty",
    report = "report",
    trace = "trace",
    study = "study",
    forward = "forward",
    forward_strong = "forward-strong",
    recommend = "recommend",
    sanction = "sanction",
    happen = "happen",
    attend = "attend",
    post = "post",
    react = "react",
    photo = "photo",
    campaign = "campaign",
    declaration = "declaration",
    finger = "finger",
    install = "install",
    meeting = "meeting",
    give = "give",
    viral = "viral",
    replace = "replace",
    takedown = "takedown",
    ministry_leave = "ministry-leave",
}
