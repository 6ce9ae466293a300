using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// 密评 as far as it is known: from judgements and statements to ranges, risks and a conclusion. Pure; every unknown stays between its
/// worst and its best.
/// </summary>
internal static class Assessing
{
    /// <summary>One for every catalogue that has a scoring rule in force.</summary>
    public static IReadOnlyList<Assessment> All(JudgeInput input, IReadOnlyList<Judgement> judgements)
    {
        return [.. input.Library.Catalogues.Select(c => One(input, judgements, c)).OfType<Assessment>()];
    }

    private static Assessment? One(JudgeInput input, IReadOnlyList<Judgement> judgements, ControlCatalogue catalogue)
    {
        var rules = input.Library.Scorings.Where(s => s.Catalogue == catalogue.File.Id).OrderByDescending(s => s.InForceFrom).ThenBy(s => s.File.Id, StringComparer.Ordinal).ToList();
        if ((rules.FirstOrDefault(r => r.InForceFrom <= input.Today) ?? rules.LastOrDefault()) is not { } rule)
        {
            return null;
        }

        var guide = input.Library.HighRisks.Where(h => h.Catalogue == catalogue.File.Id).OrderByDescending(h => h.Edition, StringComparer.Ordinal).FirstOrDefault();
        return input.Candidate.CryptoLevel is { } level
            ? At(level, new AssessmentInput(input, judgements, rule.Evidence), catalogue, rule, [.. rules.Where(r => r != rule)], guide)
            : WithoutLevel(catalogue, rule);
    }

    private static Assessment At(int level, AssessmentInput facts, ControlCatalogue catalogue, ScoringRule rule, IReadOnlyList<ScoringRule> others, HighRiskGuide? guide)
    {
        var decision = new ControlDecision(facts, new ObjectCast(facts));
        var parts = catalogue.Groups.ToDictionary(g => g.Id, g => g.Part, StringComparer.Ordinal);
        List<DecidedControl> decided = [.. catalogue.Controls.Where(c => c.At(level) is not null).Select(c => decision.Decide(c, c.At(level)!, parts[c.GroupId]))];
        List<CoverageAnswer> coverage = [.. facts.Candidate.Crypto.Coverage.Where(c => facts.IsInEffect(c) && (!c.CoversAll || facts.IsBacked(c)))];
        var scored = new ControlScoring(rule, level, coverage).Score(decided);
        var groups = TotalScoring.Groups(rule, catalogue, scored);
        var total = TotalScoring.Total(rule, catalogue, groups);
        List<ControlJudgement> controls = [.. scored.Select(ControlResult.Of)];
        var board = guide is null ? [] : new HighRiskBoard(facts, guide, level, decided).Decide();
        var risks = RiskList.Of(controls, board);
        var grounds = Grounding.Of(rule, catalogue, scored);
        var (conclusion, sentence) = Concluding.Of(rule, level, total, board, controls, grounds, facts.Guidance.Missing(facts.Documents));
        var products = ProductLinks.Of(facts);
        var counting = scored.Where(TotalScoring.Counts).ToList();
        return Head(catalogue, rule) with
        {
            Level = level,
            Total = total,
            OtherTotals = [.. others.Select(o => new EditionTotal(o.Edition, o.File.Title, By(o, level, catalogue, decided)))],
            UntestedShare = counting.Count == 0 ? 1 : Math.Round(counting.Count(c => !TotalScoring.IsKnown(c)) / (decimal)counting.Count, 4, MidpointRounding.AwayFromZero),
            Grounds = grounds,
            Warnings = [.. AnswerRemarks.Unknown(facts, catalogue, guide), .. LevelRemark(facts.Candidate), .. LoneDocuments.Of(facts), .. LoneSamples.Of(facts, catalogue, decided), .. ProductLinks.Warnings(facts, products)],
            Products = products,
            Groups = groups,
            Controls = controls,
            HighRisks = board,
            Risks = risks,
            Conclusion = conclusion,
            Sentence = sentence,
            Checks = RiskList.Check(controls, risks, catalogue.Controls.Count(c => c.At(level)?.Weight is not null), total),
            Notes = [.. AnswerRemarks.Of(facts, catalogue, decided), .. rule.Notes, .. guide?.Notes ?? []],
            Sources = [.. Head(catalogue, rule).Sources, .. guide is null ? [] : new[] { $"{guide.File.Title}：{guide.File.Source}（{guide.File.Confidence.Name()}）" }],
        };
    }

    /// <summary>FAQ 1.1.</summary>
    private static IEnumerable<string> LevelRemark(Candidate candidate) => candidate.CryptoLevel < candidate.ProtectionLevel
        ? [$"密码应用等级（cryptoLevel {candidate.CryptoLevel}）低于等级保护定级（protectionLevel {candidate.ProtectionLevel}）；FAQ-1.1：二者一致，密码应用等级可以更高。"]
        : [];

    private static ScoreRange? By(ScoringRule rule, int level, ControlCatalogue catalogue, IReadOnlyList<DecidedControl> decided) =>
        TotalScoring.Total(rule, catalogue, TotalScoring.Groups(rule, catalogue, new ControlScoring(rule, level, []).Score(decided)));

    private static Assessment WithoutLevel(ControlCatalogue catalogue, ScoringRule rule) => Head(catalogue, rule) with
    {
        Sentence = "candidate.yaml 没有写密码应用等级（cryptoLevel），无法按级别列出指标和计分，结论待认定。",
    };

    private static Assessment Head(ControlCatalogue catalogue, ScoringRule rule) => new()
    {
        Catalogue = catalogue.File.Id,
        Pillar = catalogue.Pillar,
        Standard = catalogue.Standard,
        Edition = rule.Edition,
        UntestedShare = 1,
        Groups = [],
        Controls = [],
        HighRisks = [],
        Risks = [],
        Conclusion = AssessmentConclusion.Undecided,
        Sentence = "",
        Threshold = rule.Threshold,
        ThresholdSource = rule.ThresholdSource,
        ThresholdConfidence = rule.ThresholdConfidence,
        Checks = [],
        Notes = [],
        Sources =
        [
            $"{catalogue.File.Title}：{catalogue.File.Source}（{catalogue.File.Confidence.Name()}）",
            $"{rule.File.Title}：{rule.File.Source}（{rule.File.Confidence.Name()}）",
        ],
    };
}
