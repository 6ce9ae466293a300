using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Computes again what the candidate's SM2, SM3 and SM4 answered, and names what wrong answers are.</summary>
public sealed class AlgorithmOutputsProbe : Probe<CryptoSample, AlgorithmOutputRecord>
{
    private const int MaxFiles = 100;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.algorithm-outputs",
        Pillar = Pillar.CommercialCrypto,
        Title = "算法输出",
        Question = "被测系统自己的 SM2、SM3、SM4 算得对不对，不对的是哪一种偏差？",
        Needs = typeof(CryptoSample),
        Samples = CryptoSampleKind.Conformance,
        Observes = typeof(AlgorithmOutputRecord),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(10),
        Version = "1",
    };

    protected override Task<ProbeOutcome> ObserveAsync(CryptoSample target, ProbeContext context, CancellationToken cancellationToken)
    {
        var files = SampleFiles.Of(target, MaxFiles);
        if (!files.IsWhole)
        {
            throw new UnableException(FailureKind.BadInput, $"{target.DisplayName} 里的文件超过 {MaxFiles} 个，或有目录读不了");
        }

        var answers = files.Names.SelectMany(n => CaseFile.Read(files.Tree.Read(n, CaseFile.FileCap), n).Cases).ToList();
        var (cases, unasked, challenge, made) = Questions(target, answers);
        if (cases.Count == 0)
        {
            throw new UnableException(FailureKind.BadInput, "没有用例");
        }

        var judging = new OutputJudging();
        var operations = judging.Run(cases, cancellationToken);
        var record = new AlgorithmOutputRecord
        {
            Challenged = challenge is not null,
            ChallengeSm3 = challenge,
            ChallengeMadeAt = made,
            Cases = cases.Count,
            Operations = operations,
            Unasked = unasked,
            Problems = judging.Problems,
        };
        var listing = string.Join('\n', operations.Select(o => o.Note).Concat(judging.Problems)) + "\n";
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "outcomes.txt", "text/plain", Encoding.UTF8.GetBytes(listing), "各操作的用例数与认出的偏差"));
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, evidence));
    }

    /// <summary>With a challenge its questions count and of the answers only what was computed.</summary>
    private static (IReadOnlyList<AlgorithmCase> Cases, int Unasked, string? Challenge, DateTimeOffset? MadeAt) Questions(CryptoSample target, List<AlgorithmCase> answers)
    {
        if (!target.Settings.TryGetValue("challenge", out var path))
        {
            return (answers, 0, null, null);
        }

        var tree = FileTree.At(path);
        var name = tree.List(1, out _)[0];
        var bytes = tree.Read(name, CaseFile.FileCap);
        var asked = CaseFile.Read(bytes, name);
        var byId = answers.Where(a => a.Id.Length > 0).GroupBy(a => a.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var cases = asked.Cases.Select(c => byId.TryGetValue(c.Id, out var answer) ? c.WithAnswer(answer) : c.WithAnswer(new AlgorithmCase(new Dictionary<string, string>(StringComparer.Ordinal)))).ToList();
        var ids = asked.Cases.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return (cases, byId.Keys.Count(k => !ids.Contains(k)), Convert.ToHexStringLower(Sm3.HashData(bytes)), asked.MadeAt);
    }
}
