"""The commands that answer: why a rank moved, what the target takes, how sure that is.

The same answer tables as on the pages. At a terminal the sentences come first and then the tables;
with --json every table of the answer, with the codes of its columns. Where the figures do not allow
an answer, the sentence that says why is the answer, and the exit code is 1.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from indices.analysis.assigned_targets import assigned_targets
from indices.analysis.backtest import backtest
from indices.analysis.certainty import DRAWS, certainty
from indices.analysis.certainty_bases import BASES
from indices.analysis.gap import gap
from indices.analysis.learn_from import learn_from
from indices.analysis.outlook import outlook
from indices.analysis.peers import PEER_GROUPS, peers
from indices.analysis.rank_change import known_moves, rank_change
from indices.analysis.reach import reach
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import reweight
from indices.analysis.scenario import scenario
from indices.analysis.score_change import score_change
from indices.analysis.strengths import strengths
from indices.cli_answer_options import LEAST
from indices.cli_answer_tables import print_table
from indices.cli_asked import Asked, Said, asked_of, whole_number
from indices.cli_options import WrongUseError
from indices.cli_terminal import DONE, NOTHING, print_json
from indices.export.plain import plain
from indices.i18n import Language, text
from indices.narrative import certainty as certainty_words
from indices.narrative import gap as gap_words
from indices.narrative import outlook as outlook_words
from indices.narrative import scenario as scenario_words
from indices.narrative import strengths as strength_words
from indices.narrative import why as why_words
from indices.narrative.refusal import refusal_sentence
from indices.tidy import OVERALL


def _gap(asked: Asked) -> Said:
    found = gap(*asked.where, asked.target_rank)
    assigned = assigned_targets(*asked.where)
    if isinstance(found, Refusal):
        return _refused(asked, gap=found, assigned=assigned)
    sentences = [gap_words.gap_headline(found, asked.called, asked.language)]
    sentences += [_why_not(one, asked) for one in (found.parts, found.lost) if isinstance(one, Refusal)]
    tables = {"gap_parts": found.parts, "gap_lost": found.lost, "assigned": assigned}
    return Said({"gap": found, "assigned": assigned}, list(dict.fromkeys(sentences)), _held(tables))


def _why(asked: Asked) -> Said:
    since = asked.options.since
    moved = rank_change(*asked.where, since)
    known = known_moves(*asked.where, since)
    scores = score_change(*asked.where, since)
    sentences = [why_words.headline(moved, known, asked.language)]
    tables: dict[str, Any] = {}
    if isinstance(moved, Refusal):
        sentences += [] if isinstance(known, Refusal) else [_why_not(moved, asked)]
    else:
        tables["why_steps"] = moved.steps
    moves = known if isinstance(moved, Refusal) else moved
    if not isinstance(moves, Refusal):
        sentences.append(why_words.crossings_sentence(moves, asked.called, asked.language))
        tables["why_crossings"] = moves.crossings
    if isinstance(scores, Refusal):
        sentences.append(_why_not(scores, asked))
    else:
        tables["score_change"] = scores.parts
    answer = {"rank_change": moved, "known_moves": known, "score_change": scores}
    return Said(answer, list(dict.fromkeys(sentences)), tables)


def _reweight(asked: Asked) -> Said:
    found = reweight(*asked.where, asked.options.since)
    if isinstance(found, Refusal):
        return _refused(asked, reweight=found)
    sentences = [why_words.real_sentence(found, asked.language)]
    sentences += why_words.weights_notes(found, asked.names, asked.language)
    tables = {"reweight_scores": found.scores, "reweight_real": found.real, "reweight_parts": found.parts}
    return Said({"reweight": found}, sentences, tables)


def _strengths(asked: Asked) -> Said:
    options = asked.options
    found = strengths(*asked.where, asked.target_rank, options.parent or OVERALL, options.split)
    learn = learn_from(*asked.where, asked.target_rank)
    if isinstance(found, Refusal):
        return _refused(asked, strengths=found, learn_from=learn)
    sentences = [strength_words.headline(found, asked.called, asked.language)]
    sentences.append(strength_words.verdict_sentence(found, asked.language))
    tables: dict[str, Any] = {"strengths": found.parts}
    if isinstance(learn, Refusal):
        sentences.append(_why_not(learn, asked))
    else:
        tables["learn_from"] = learn.provinces
    return Said({"strengths": found, "learn_from": learn}, [one for one in sentences if one], tables)


def _scenario(asked: Asked) -> Said:
    options, language, scale = asked.options, asked.language, asked.scale_max
    if options.least is not None and options.least not in LEAST:
        raise WrongUseError(text("cli.one_of", language, option="--least", allowed=", ".join(LEAST)))
    least = reach(*asked.where, asked.target_rank)
    changes = _changes(asked)
    if isinstance(least, Refusal):
        if options.least is not None:
            return _refused(asked, scenario=least)
    elif options.least is not None:
        found = least.fewest if options.least == LEAST[0] else least.realistic
        if isinstance(found, Refusal):
            return _refused(asked, scenario=found)
        table = found if isinstance(found, pd.DataFrame) else found.changes if found else None
        rows = [] if table is None else table.to_dict("records")
        changes = {row["component"]: row["after"] for row in rows} | changes
    answer = scenario(*asked.where, changes, asked.target_rank)
    if isinstance(answer, Refusal):
        return _refused(asked, scenario=answer, least=least)
    sentences = [scenario_words.total_sentence(answer, scale, language)]
    sentences += [
        scenario_words.outcome_sentence(answer, outcome, language)
        for outcome in (answer.still, answer.moving)
    ]
    if isinstance(least, Refusal):
        sentences.append(_why_not(least, asked))
    else:
        sentences.append(scenario_words.needed_sentence(least, scale, language))
        sentences.append(scenario_words.fewest_sentence(least, asked.names, scale, language))
        sentences.append(scenario_words.realistic_sentence(least, language))
        sentences.append(scenario_words.often_sentence(least, scale, language))
    shown = {"scenario_parts": answer.parts, "scenario_outcomes": answer.outcomes}
    said = [sentence for sentence in sentences if sentence]
    return Said({"scenario": answer, "outcomes": answer.outcomes, "least": least}, said, shown)


def _certainty(asked: Asked) -> Said:
    options, language = asked.options, asked.language
    if options.basis is not None and options.basis not in BASES:
        raise WrongUseError(text("cli.one_of", language, option="--basis", allowed=", ".join(BASES)))
    draws = DRAWS
    if options.draws is not None:
        draws = whole_number(options.draws, "--draws", 10, 100_000, language)
    found = certainty(*asked.where, asked.target_rank, options.basis, draws)
    if isinstance(found, Refusal):
        return _refused(asked, certainty=found)
    sentences = [certainty_words.sentence(found, asked.called, language)]
    sentences += certainty_words.notes(found, asked.called, language)
    return Said({"certainty": found}, sentences, {"certainty": found.bases})


def _outlook(asked: Asked) -> Said:
    # The model learns from the whole panel, not from one index alone.
    figures, catalogue = asked.held.store.table(), asked.held.catalogue
    tested = backtest(figures, catalogue, asked.target_rank)
    found = outlook(figures, catalogue, asked.index, asked.province, asked.target_rank, tested)
    tables = {"backtest": tested.scores}
    answer = {"outlook": found, "backtest": tested.scores, "calibration": tested.calibration}
    sentences = [outlook_words.outlook_headline(found, asked.index, asked.called, asked.language)]
    if isinstance(found, Refusal):
        return Said({"outlook": found}, [*sentences, _why_not(found, asked)], tables)
    sentences.append(outlook_words.standing_sentence(found.row, asked.language))
    sentences.append(outlook_words.similar_sentence(found.row, asked.language))
    successor = catalogue.provinces.successor(asked.province)
    sentences += outlook_words.condition_sentences(
        found.row, asked.called, catalogue.provinces.name(successor, asked.language, 34), asked.language
    )
    return Said(answer, sentences, {"outlook_past": found.past, **tables})


def _peers(asked: Asked) -> Said:
    group, language = asked.options.group, asked.language
    if group not in PEER_GROUPS:
        raise WrongUseError(text("cli.one_of", language, option="--group", allowed=", ".join(PEER_GROUPS)))
    found = peers(*asked.where, asked.target_rank, group)
    if isinstance(found, Refusal):
        return _refused(asked, peers=found)
    slots = {"index": asked.index, "edition": asked.edition, "n": len(found), "province": asked.called}
    return Said({"peers": found}, [text("cli.peers", language, **slots)], {"peers": found})


ANSWERS: Mapping[str, Callable[[Asked], Said]] = {
    "gap": _gap,
    "why": _why,
    "strengths": _strengths,
    "reweight": _reweight,
    "scenario": _scenario,
    "certainty": _certainty,
    "outlook": _outlook,
    "peers": _peers,
}


def _command(name: str) -> Callable[[argparse.Namespace, Language], int]:
    def run(options: argparse.Namespace, language: Language) -> int:
        asked = asked_of(options, language)
        said = ANSWERS[name](asked)
        if options.json:
            print_json(
                {
                    "index": asked.index,
                    "edition": asked.edition,
                    "province": asked.province,
                    "target_rank": asked.target_rank,
                    "sentences": said.sentences,
                    **plain(said.answer, language),
                }
            )
        else:
            for sentence in said.sentences:
                print(sentence)
            for table_name, table in said.tables.items():
                print_table(table_name, table, asked.held.catalogue, asked.index, language)
        return DONE if said.answered else NOTHING

    return run


COMMANDS = {name: _command(name) for name in ANSWERS}


def _changes(asked: Asked) -> dict[str, float]:
    """The component scores of --set. Raises WrongUseError for what is no CODE=NUMBER."""
    changes = {}
    for given in asked.options.changes or []:
        code, _, value = given.partition("=")
        try:
            changes[code.strip()] = float(value.replace(",", "."))
        except ValueError:
            raise WrongUseError(text("cli.bad_change", asked.language, given=given)) from None
    return changes


def _refused(asked: Asked, **answer: Any) -> Said:
    reasons = [_why_not(one, asked) for one in answer.values() if isinstance(one, Refusal)]
    return Said(answer, list(dict.fromkeys(reasons)))


def _why_not(refusal: Refusal, asked: Asked) -> str:
    return refusal_sentence(refusal, asked.language)


def _held(tables: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """The tables among answers and refusals that have a row."""
    return {name: one for name, one in tables.items() if isinstance(one, pd.DataFrame) and len(one)}
