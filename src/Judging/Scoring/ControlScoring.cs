using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>A control with its ranges.</summary>
/// <param name="Decided">What is known.</param>
/// <param name="Objects">In the order of the decided ones.</param>
/// <param name="Own">Before compensation.</param>
/// <param name="Settled">After compensations a person confirmed.</param>
/// <param name="Possible">With those nobody has ruled out in the upper end.</param>
/// <param name="Compensation">For people; null where none is in question.</param>
internal sealed record ScoredControl(
    DecidedControl Decided, IReadOnlyList<(ScoreRange Ra, ScoreRange Rk, ScoreRange Score)> Objects, ScoreRange Own, ScoreRange Settled, ScoreRange Possible, string? Compensation);

/// <summary>From what is known to ranges, object by object and control by control, under one scoring rule at one level.</summary>
internal sealed class ControlScoring(ScoringRule rule, int level, IReadOnlyList<CoverageAnswer> coverage)
{
    public IReadOnlyList<ScoredControl> Score(IReadOnlyList<DecidedControl> decided)
    {
        var own = decided.Select(Own).ToList();
        var byKey = own.ToDictionary(s => s.Decided.Control.Key, StringComparer.Ordinal);
        return [.. own.Select(s => Compensate(s, byKey))];
    }

    private ScoredControl Own(DecidedControl decided)
    {
        var objects = decided.Objects.Select(o => decided.HasAspects ? OfAspects(o) : (ScoreRange.Exactly(1), ScoreRange.Exactly(1), OfVerdict(o))).ToList();
        var mean = new ScoreRange(ScoreFormulas.Mean(rule, [.. objects.Select(o => o.Item3.Lower)]), ScoreFormulas.Mean(rule, [.. objects.Select(o => o.Item3.Upper)]));
        var range = decided.Applicability == ControlApplicability.Undecided ? ScoreRange.Anything : mean;
        return new ScoredControl(decided, objects, range, range, range, null);
    }

    private (ScoreRange Ra, ScoreRange Rk, ScoreRange Score) OfAspects(DecidedObject decided)
    {
        var (d, a, k) = (decided.Holds(Aspect.D), decided.Holds(Aspect.A), decided.Holds(Aspect.K));
        var ra = Ra(decided);
        var rk = Rk(decided);
        var score = new ScoreRange(
            ScoreFormulas.Object(rule, d == true, a == true, k == true, ra.Lower, rk.Lower),
            ScoreFormulas.Object(rule, d != false, a != false, k != false, ra.Upper, rk.Upper));
        return (a == true ? ScoreRange.Exactly(1) : ra, k == true ? ScoreRange.Exactly(1) : rk, score);
    }

    private ScoreRange Ra(DecidedObject decided)
    {
        var upper = decided.StrengthBits is { } bits ? ScoreFormulas.Ra(rule, bits) : 1;
        var lowest = rule.Ra.Count == 0 ? 1 : rule.Ra[^1].Value;
        return new ScoreRange(decided.IsStrengthOpen ? Math.Min(lowest, upper) : upper, upper);
    }

    private ScoreRange Rk(DecidedObject decided)
    {
        var credits = rule.Rk.Where(r => r.Level == level).ToList();
        return decided.ModuleLevel is { } module
            ? credits.Where(c => c.ModuleLevel == module).Select(c => c.Value).Append(1).Max() is var value && decided.IsModuleOpen ? new ScoreRange(1, value) : ScoreRange.Exactly(value)
            : new ScoreRange(1, credits.Select(c => c.Value).Append(1).Max());
    }

    private ScoreRange OfVerdict(DecidedObject decided) => decided.Verdict is { } v ? new ScoreRange(Points(v.Worst), Points(v.Best)) : ScoreRange.Anything;

    private decimal Points(Verdict verdict) => verdict switch
    {
        Verdict.Satisfied => 1,
        Verdict.Partial => rule.ManagementPartial,
        _ => 0,
    };

    /// <summary>
    /// Another control may stand in where a person confirmed that it covers all of the data; its lowest object counts. Unconfirmed, it
    /// is a possibility: the upper end has it, the lower one has not.
    /// </summary>
    private ScoredControl Compensate(ScoredControl to, Dictionary<string, ScoredControl> all)
    {
        if (to.Decided.Applicability != ControlApplicability.Applies)
        {
            return to;
        }

        var result = to;
        foreach (var fromKey in Partners(to.Decided.Control.Key))
        {
            if (all.GetValueOrDefault(fromKey) is not { Decided.Applicability: not ControlApplicability.NotApplicable } from)
            {
                continue;
            }

            // One that may not apply after all can help no more than perhaps.
            var least = from.Decided.Applicability == ControlApplicability.Applies ? from.Objects.Min(o => o.Score.Lower) : 0;
            var lowest = new ScoreRange(least, from.Objects.Min(o => o.Score.Upper));
            var answer = coverage.Where(c => c.From == fromKey && c.To == to.Decided.Control.Key).OrderBy(c => c.CoversAll).FirstOrDefault();
            result = answer switch
            {
                { CoversAll: true } => Confirmed(result, lowest, $"{Statements.Say(answer, $"确认 {fromKey} 覆盖本项全部数据")}；按 max({rule.CompensationFactor}×{fromKey} 最低对象, 本项) 计"),
                { CoversAll: false } => result with { Compensation = Statements.Say(answer, $"说明 {fromKey} 没有覆盖本项全部数据，不弥补") },
                _ => Unasked(result, lowest, fromKey),
            };
        }

        return result;
    }

    private ScoredControl Confirmed(ScoredControl to, ScoreRange from, string says) => to with
    {
        Settled = With(to.Settled, from),
        Possible = With(to.Possible, from),
        Compensation = says,
    };

    private ScoredControl Unasked(ScoredControl to, ScoreRange from, string fromKey)
    {
        var possible = With(to.Possible, from).Upper;
        return possible == to.Possible.Upper
            ? to
            : to with { Possible = to.Possible with { Upper = possible }, Compensation = $"若有人确认 {fromKey} 覆盖本项全部数据，本项最多可计 {possible}" };
    }

    private ScoreRange With(ScoreRange to, ScoreRange from) => new(ScoreFormulas.Compensated(rule, from.Lower, to.Lower), ScoreFormulas.Compensated(rule, from.Upper, to.Upper));

    private IEnumerable<string> Partners(string key) => rule.Compensation
        .Where(p => p.One == key || p.Other == key).Select(p => p.One == key ? p.Other : p.One);
}
