using FsCheck;
using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Random systems under the shipped catalogue: channels, devices and declared objects, rules that claim aspects, and people's statements.</summary>
internal static class SomeAssessment
{
    private static readonly Document[] Papers = [Sample.Paper(), Sample.Paper("letter", "说明"), Sample.Paper("plan")];

    private static readonly string[] Claimed = ["NET-1", "NET-2", "NET-3", "DEV-2", "DEV-1", "APP-5", "POL-1"];

    private static readonly Gen<ControlClaim> Claims =
        from first in Gen.Elements(Claimed)
        from second in Gen.Elements(Claimed)
        from aspects in Gen.SubListOf(Aspect.D, Aspect.A, Aspect.K)
        from proves in Gen.Elements(true, true, false)
        from strength in Gen.Elements(0, 1, 2)
        from item in Gen.Elements("", "5.1", "7.2", "9.2")
        select new ControlClaim
        {
            Controls = [.. new[] { first, second }.Distinct(StringComparer.Ordinal)],
            Aspects = [.. aspects],
            Proves = proves ? [.. aspects.Where(a => a != Aspect.K)] : [],
            StrengthField = strength == 1 ? "size" : null,
            StrengthBits = strength == 2 ? 56 : null,
            Triggers = item.Length == 0 ? [] : [item],
        };

    /// <summary>The rules are mostly kept, so that conclusions are reached in the sample.</summary>
    private static readonly Gen<Requirement> Rules =
        from rule in SomeInput.Requirement
        from easy in Gen.Elements(true, true, false)
        from claims in Gen.Choose(1, 2).SelectMany(n => Gen.ArrayOf(Claims, n))
        select rule with
        {
            SatisfiedWhen = rule.IsManual ? null : easy ? Sample.Test("size", FieldOperator.AtLeast, "-5") : rule.SatisfiedWhen,
            PartialWhen = easy ? null : rule.PartialWhen,
            AppliesWhen = easy ? null : rule.AppliesWhen,
            Pillar = Pillar.CommercialCrypto,
            Basis = [.. claims.Select(c => new Basis("GB/T 39786-2021", "8.2", BasisConfidence.Unchecked) { Claim = c })],
        };

    private static readonly Gen<CryptoObject> Objects =
        from controls in Gen.SubListOf("NET-1", "NET-2", "NET-3", "DEV-2", "APP-4", "APP-5", "APP-6")
        from targets in Gen.SubListOf(Sample.Portal, Sample.Api, Sample.Server)
        select new CryptoObject("?", "对象", controls.Count == 0 ? ["APP-5"] : [.. controls], [.. targets]);

    public static Gen<JudgeInput> Any { get; } =
        from count in Gen.Choose(0, 3)
        from rules in Gen.ArrayOf(Rules, count)
        from level in Gen.Elements(1, 2, 3, 3, 3, 4)
        from plain in Gen.Elements(EndpointProtocol.Https, EndpointProtocol.Https, EndpointProtocol.Http)
        from purpose in Gen.Elements(Enum.GetValues<EndpointPurpose>())
        from objects in Gen.Choose(0, 2).SelectMany(n => Gen.ArrayOf(Objects, n))
        from outcomes in Gen.CollectToArray(new[] { (Sample.Portal, "net.ports"), (Sample.Api, "net.ports"), (Sample.Server, "host.accounts") }, p => SomeInput.Outcome(p.Item1, p.Item2).Select(o => Sample.Record(p.Item1, o, p.Item2)))
        from seed in Gen.Choose(1, int.MaxValue - 1)
        from good in Gen.Elements(0, 2, 8, 60, 60)
        from measured in Gen.Elements(true, false, false)
        select Said(Measured(measured, new JudgeInput
        {
            Candidate = Sample.Candidate with
            {
                CryptoLevel = level,
                Endpoints = [Sample.Candidate.Endpoints[0], Sample.Candidate.Endpoints[1] with { Protocol = plain, Purpose = purpose }],
                Materials = [.. Papers],
                Crypto = new CryptoStatements { Objects = [.. objects.Select((o, i) => o with { Id = $"o-{i}" })] },
            },
            Requirements = [.. rules.Select((r, i) => r with { Id = $"R-{i}" })],
            Profile = Sample.Profile(Sample.Clause(pillars: [Pillar.CommercialCrypto])),
            Library = CryptoRules.Library,
            Kinds = Sample.Kinds,
            Records = [.. outcomes, .. Papers.Select(Sample.Read)],
            Now = Sample.Now,
            FailOn = FailOn.Critical,
            Stage = Gate.Acceptance,
        }), seed, measured ? 400 : good);

    /// <summary>Units that the tool can measure, beside those of channels; more than half of the weight with them.</summary>
    public static IReadOnlyList<string> Sampled { get; } = ["APP-2", "APP-3", "APP-4", "APP-5", "APP-6", "APP-7", "APP-8", "DEV-1", "DEV-3", "DEV-4", "DEV-5", "DEV-6"];

    private static readonly ControlClaim Proof = new() { Controls = ["NET-3", "NET-2", .. Sampled], Aspects = [Aspect.D], Proves = [Aspect.D] };

    /// <summary>A system that was looked at whose channels were seen to be encrypted and whose samples were measured: without such ones nothing in the sample would pass.</summary>
    private static JudgeInput Measured(bool isMeasured, JudgeInput input) => !isMeasured ? input : input with
    {
        Candidate = input.Candidate with
        {
            Endpoints = [.. input.Candidate.Endpoints.Select(e => e with { Protocol = EndpointProtocol.Https })],
            Crypto = new CryptoStatements { Objects = [.. input.Candidate.Crypto.Objects, new CryptoObject("o-measured", "样本", Sampled, [Sample.Portal])] },
        },
        Requirements =
        [
            .. input.Requirements.Take(1),
            Sample.Requirement("R-9") with
            {
                Pillar = Pillar.CommercialCrypto,
                SatisfiedWhen = Sample.Test("size", FieldOperator.AtLeast, "-5"),
                Basis = [new Basis("GB/T 39786-2021", "8.2", BasisConfidence.Unchecked) { Claim = Proof }],
            },
        ],
        Records = [.. input.Records.Where(r => r.ProbeId != "net.ports"), .. input.Candidate.Endpoints.Select(e => Sample.Saw(e.TargetId, "{\"size\":128,\"flag\":true}"))],
    };

    /// <summary>Answers to some of the questions that the system raises; never two to one, as the reader of candidate.yaml sees to.</summary>
    /// <param name="input">Without answers.</param>
    /// <param name="seed">Of the dice.</param>
    /// <param name="good">Yes to no as this to one.</param>
    private static JudgeInput Said(JudgeInput input, int seed, int good)
    {
        var dice = new SeededBytes((ulong)seed);
        var asked = Judge.All(input).Assessments.Single();
        var few = good < 100 && dice.Below(3) == 0;
        var (answers, choices) = (new List<CryptoAnswer>(), new List<ApplicabilityChoice>());
        foreach (var control in asked.Controls)
        {
            if (dice.Below(12) == 0 || (control.Modal == Modal.May && dice.Below(2) == 0))
            {
                choices.Add(Backed(new ApplicabilityChoice { Id = $"x-{choices.Count}", Controls = [control.Key], Applies = dice.Below(2) == 0, By = "", Organisation = "", On = default }, dice, good));
            }

            if (choices.LastOrDefault() is { Applies: false } last && last.Controls[0] == control.Key)
            {
                continue;
            }

            foreach (var of in control.Objects.Where(_ => !few || dice.Below(2) == 0))
            {
                answers.Add(Answer($"a-{answers.Count}", control, of, dice, good));
            }
        }

        var coverage = new[] { ("NET-2", "APP-6"), ("APP-4", "NET-3") }.Where(_ => dice.Below(2) == 0)
            .Select((p, i) => Backed(new CoverageAnswer { Id = $"c-{i}", From = p.Item1, To = p.Item2, CoversAll = dice.Below(3) > 0, By = "", Organisation = "", On = default }, dice, good));
        var risks = asked.HighRisks.Where(_ => good > 8 || dice.Below(3) > 0)
            .Select((h, i) => Backed(new HighRiskAnswer
            {
                Id = $"h-{i}",
                Items = [h.Code],
                Claim = dice.Below(good + 3) == 0 ? HighRiskClaim.Present : h.Mitigations.Count > 0 && dice.Below(4) == 0 ? HighRiskClaim.Mitigated : HighRiskClaim.Absent,
                Mitigation = "m1",
                By = "",
                Organisation = "",
                On = default,
            }, dice, good));
        return input with { Candidate = input.Candidate with { Crypto = input.Candidate.Crypto with { Answers = answers, Applicability = choices, Coverage = [.. coverage], HighRisks = [.. risks] } } };
    }

    private static readonly PointAnswer[] Choices =
        [.. CryptoRules.Library.Guidance.SelectMany(g => g.Points).SelectMany(p => p.Choices.Select(c => new PointAnswer(p.Id, c.Word)))];

    private static CryptoAnswer Answer(string id, ControlJudgement control, ObjectJudgement of, SeededBytes dice, int good)
    {
        bool? Maybe() => good < 60 && dice.Below(4) == 0 ? null : dice.Below(good + 1) > 0;
        var hasAspects = of.Aspects.Count > 0;
        return Backed(new CryptoAnswer
        {
            Id = id,
            Controls = [control.Key],
            Object = of.ObjectId.Length == 0 ? null : of.ObjectId,
            D = hasAspects ? Maybe() : null,
            A = hasAspects ? Maybe() : null,
            K = hasAspects ? Maybe() : null,
            StrengthBits = dice.Below(2) == 0 ? null : new[] { 56, 80, 112, 128 }[dice.Below(4)],
            ModuleLevel = dice.Below(2) == 0 ? null : dice.Below(4),
            Points = good < 60 && dice.Below(12) == 0 ? [Choices[dice.Below(Choices.Length)]] : [],
            Verdict = hasAspects ? null : Maybe() is { } met ? met ? Verdict.Satisfied : new[] { Verdict.Partial, Verdict.NotSatisfied }[dice.Below(2)] : null,
            By = "",
            Organisation = "",
            On = default,
        }, dice, good);
    }

    public static T Signed<T>(T statement)
        where T : SignedStatement => statement with { By = "李四", Organisation = "测评中心", On = Sample.Today, Evidence = ["paper"] };

    /// <summary>Some lean on nothing, some on papers that are erased with the rest.</summary>
    private static T Backed<T>(T statement, SeededBytes dice, int good)
        where T : SignedStatement => Signed(statement) with { Evidence = good < 60 && dice.Below(5) == 0 ? [] : [Papers[dice.Below(Papers.Length)].Id] };
}
