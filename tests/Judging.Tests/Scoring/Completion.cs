using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Answers everything that was left open, at random: aspects, strength, modules, verdicts, coverage and what may apply.</summary>
internal static class Completion
{
    public static JudgeInput Of(JudgeInput input, Assessment open, int seed)
    {
        var dice = new SeededBytes((ulong)seed);
        var crypto = input.Candidate.Crypto;
        var absent = crypto.Applicability.Where(c => !c.Applies).SelectMany(c => c.Controls).ToHashSet(StringComparer.Ordinal);
        var choices = crypto.Applicability.ToList();
        foreach (var control in open.Controls.Where(c => c is { Modal: Modal.May, Applicability: ControlApplicability.Undecided } && !choices.Exists(x => x.Controls.Contains(c.Key))))
        {
            var applies = dice.Below(2) == 0 || crypto.Answers.Any(a => a.Controls.Contains(control.Key));
            choices.Add(SomeAssessment.Signed(new ApplicabilityChoice { Id = $"y-{choices.Count}", Controls = [control.Key], Applies = applies, By = "", Organisation = "", On = default }));
            if (!applies)
            {
                absent.Add(control.Key);
            }
        }

        var answers = open.Controls.Where(c => !absent.Contains(c.Key)).SelectMany(c => c.Objects.Select(o => Fill(crypto, c, o, dice))).ToList();
        var coverage = new[] { ("NET-2", "APP-6"), ("APP-6", "NET-2"), ("NET-3", "APP-4"), ("APP-4", "NET-3") }
            .Select((p, i) => crypto.Coverage.FirstOrDefault(c => (c.From, c.To) == p)
                ?? SomeAssessment.Signed(new CoverageAnswer { Id = $"z-{i}", From = p.Item1, To = p.Item2, CoversAll = dice.Below(2) == 0, By = "", Organisation = "", On = default }));
        return input with { Candidate = input.Candidate with { Crypto = crypto with { Answers = answers, Applicability = choices, Coverage = [.. coverage] } } };
    }

    private static CryptoAnswer Fill(CryptoStatements crypto, ControlJudgement control, ObjectJudgement of, SeededBytes dice)
    {
        bool Any() => dice.Below(2) == 0;
        var said = crypto.Answers.FirstOrDefault(a => a.Controls.Contains(control.Key) && (a.Object ?? "") == of.ObjectId)
            ?? SomeAssessment.Signed(new CryptoAnswer { Id = $"n-{control.Key}-{of.ObjectId}", Controls = [control.Key], Object = of.ObjectId.Length == 0 ? null : of.ObjectId, By = "", Organisation = "", On = default });
        bool? Unknown(Aspect aspect) => of.Aspects.FirstOrDefault(a => a.Aspect == aspect) is { Holds: null } ? Any() : null;
        return said with
        {
            D = said.D ?? Unknown(Aspect.D),
            A = said.A ?? Unknown(Aspect.A),
            K = said.K ?? Unknown(Aspect.K),
            StrengthBits = said.StrengthBits ?? new[] { 40, 80, 128 }[dice.Below(3)],
            ModuleLevel = said.ModuleLevel ?? dice.Below(4),
            Verdict = said.Verdict ?? new[] { Verdict.Satisfied, Verdict.Partial, Verdict.NotSatisfied }[dice.Below(3)],
        };
    }
}
