//! That facts which the files relate count the same things, and that their numbers fit.

use rust_decimal::Decimal;

use super::Context;
use crate::knowledge::fault::Fault;
use crate::knowledge::relation::goes_round;
use crate::knowledge::schema::Fact;

pub(super) fn parts_add_up(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        let place = context.folder.place(&file);
        let parts: Vec<&Fact> = fact
            .parts
            .iter()
            .filter_map(|id| context.knowledge.fact(id))
            .collect();
        if let (Some(whole), Some(sum)) = (
            fact.value,
            parts
                .iter()
                .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value?)),
        ) && !parts.is_empty()
            && whole != sum
        {
            faults.push(place.fault("parts", format!("add up to {sum}, not to {whole}")));
        }
        for part in parts {
            if part.part_of.as_deref() != Some(fact.id.as_str()) {
                let problem = format!(
                    "`{}` does not say that it is a part of `{}`",
                    part.id, fact.id
                );
                faults.push(place.fault("parts", problem));
            }
        }
        let whole = fact
            .part_of
            .as_deref()
            .and_then(|id| context.knowledge.fact(id));
        if let Some((whole, (Some(ours), Some(theirs)))) =
            whole.map(|whole| (whole, (fact.value, whole.value)))
            && (ours > theirs || fact.unit != whole.unit)
        {
            let problem = format!("`{}` is smaller, or counts something else", whole.id);
            faults.push(place.fault("part_of", problem));
        }
        if let Some(id) = fact
            .separate_from
            .iter()
            .find(|id| fact.part_of.as_ref() == Some(id))
        {
            faults.push(place.fault("separate_from", format!("`{id}` is also named in part_of")));
        }
    }
}

/// Bars side by side compare what can be compared: numbers of the same unit.
pub(super) fn charts_can_be_drawn(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        for other in fact
            .chart
            .iter()
            .filter_map(|id| context.knowledge.fact(id))
        {
            if fact.value.is_none() || other.value.is_none() || fact.unit != other.unit {
                let problem = format!("`{}` is no number, or counts something else", other.id);
                let place = context.folder.place(&file);
                faults.push(place.fault_at("chart", &other.id, problem));
            }
        }
    }
}

/// What a figure is a part of or comes after must count the same, or no sum of them means anything.
pub(super) fn relations_count_the_same(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        let place = context.folder.place(&file);
        if goes_round(context.knowledge, fact) {
            faults.push(place.fault("part_of", "leads back to the fact itself"));
        }
        let earlier = fact
            .after
            .as_deref()
            .and_then(|id| context.knowledge.fact(id));
        if let Some(earlier) = earlier
            && (fact.value.is_none() || earlier.value.is_none() || fact.unit != earlier.unit)
        {
            let id = &earlier.id;
            let problem = format!("`{id}` counts something else: both need a value and one unit");
            faults.push(place.fault("after", problem));
        }
    }
}
