using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Computes again what the candidate's SM2, SM3 and SM4 answered, and names what wrong answers are.</summary>
public sealed class AlgorithmOutputsProbe : Probe<CryptoSample, AlgorithmOutputRecord>
{
    private const int MaxFiles = 100;

    /// <summary>Cases of each operation that a service is asked.</summary>
    private const int UsualCases = 8;

    private const int MostAsked = 100;

    /// <summary>For connecting, asking and the whole answer.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.algorithm-outputs",
        Pillar = Pillar.CommercialCrypto,
        Title = "算法输出",
        Question = "被测系统自己的 SM2、SM3、SM4 算得对不对，不对的是哪一种偏差？",
        Needs = typeof(CryptoSample),
        Samples = CryptoSampleKind.Conformance,
        Observes = typeof(AlgorithmOutputRecord),
        Touches = Touches.Files | Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(10),
        Version = "2",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(CryptoSample target, ProbeContext context, CancellationToken cancellationToken) =>
        AlgorithmService.AddressOf(target) is { } address
            ? await ServiceAsync(target, address, context, cancellationToken)
            : Files(target, context, cancellationToken);

    private Observed Files(CryptoSample target, ProbeContext context, CancellationToken cancellationToken)
    {
        var files = SampleFiles.Of(target, MaxFiles);
        if (!files.IsWhole)
        {
            throw new UnableException(FailureKind.BadInput, $"{target.DisplayName} 里的文件超过 {MaxFiles} 个，或有目录读不了");
        }

        var answers = files.Names.SelectMany(n => CaseFile.Read(files.Tree.Read(n, CaseFile.FileCap), n).Cases).ToList();
        var (cases, unasked, challenge, made) = Questions(target, answers);
        return Judged(target, context, cases, new AsJudged(unasked, challenge, made, null), [], cancellationToken);
    }

    /// <summary>Questions made this minute, put to the candidate's own implementation.</summary>
    private async Task<ProbeOutcome> ServiceAsync(CryptoSample target, Uri address, ProbeContext context, CancellationToken cancellationToken)
    {
        var now = context.Clock.GetUtcNow();
        var questions = Encoding.UTF8.GetBytes(AlgorithmChallenge.Write(EachOf(target), now));
        var answer = await new AlgorithmService(context, AnswerLimit).AskAsync(address, questions, cancellationToken);
        var asked = CaseFile.Read(questions, "challenge.json");
        var (cases, unasked) = Matched(asked.Cases, CaseFile.Read(answer, "接口的答案").Cases);
        Evidence[] kept =
        [
            context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "challenge.json", "application/json", questions, "现场生成并发给接口的题目")),
            context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "answer.json", "application/json", answer, "接口的答案，原样")),
        ];
        return Judged(target, context, cases, new AsJudged(unasked, Convert.ToHexStringLower(Sm3.HashData(questions)), now, target.Path), kept, cancellationToken);
    }

    /// <exception cref="UnableException">The setting is no number of cases.</exception>
    private static int EachOf(CryptoSample target) =>
        !target.Settings.TryGetValue("cases", out var text) ? UsualCases
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var each) && each is >= 1 and <= MostAsked ? each
        : throw new UnableException(FailureKind.BadInput, $"cases: {text} 不对，应为 1 到 {MostAsked}");

    private Observed Judged(CryptoSample target, ProbeContext context, IReadOnlyList<AlgorithmCase> cases, AsJudged by, IReadOnlyList<Evidence> kept, CancellationToken cancellationToken)
    {
        if (cases.Count == 0)
        {
            throw new UnableException(FailureKind.BadInput, "没有用例");
        }

        var judging = new OutputJudging();
        var operations = judging.Run(cases, cancellationToken);
        var record = new AlgorithmOutputRecord
        {
            Challenged = by.Challenge is not null,
            ChallengeSm3 = by.Challenge,
            ChallengeMadeAt = by.MadeAt,
            Service = by.Service,
            Cases = cases.Count,
            Operations = operations,
            Unasked = by.Unasked,
            Problems = judging.Problems,
        };
        var listing = string.Join('\n', operations.Select(o => o.Note).Concat(judging.Problems)) + "\n";
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "outcomes.txt", "text/plain", Encoding.UTF8.GetBytes(listing), "各操作的用例数与认出的偏差"));
        return Saw(target, context, record, [.. kept, evidence]);
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
        var (cases, unasked) = Matched(asked.Cases, answers);
        return (cases, unasked, Convert.ToHexStringLower(Sm3.HashData(bytes)), asked.MadeAt);
    }

    /// <summary>Every question with the answer of its id, or with none.</summary>
    private static (List<AlgorithmCase> Cases, int Unasked) Matched(IReadOnlyList<AlgorithmCase> asked, IReadOnlyList<AlgorithmCase> answers)
    {
        var byId = answers.Where(a => a.Id.Length > 0).GroupBy(a => a.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var cases = asked.Select(c => byId.TryGetValue(c.Id, out var answer) ? c.WithAnswer(answer) : c.WithAnswer(new AlgorithmCase(new Dictionary<string, string>(StringComparer.Ordinal)))).ToList();
        var ids = asked.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return (cases, byId.Keys.Count(k => !ids.Contains(k)));
    }

    /// <param name="Unasked">Answers to nothing that was asked.</param>
    /// <param name="Challenge">SM3 of the questions; null without any.</param>
    /// <param name="MadeAt">Of the questions.</param>
    /// <param name="Service">Where they were put; null for files.</param>
    private sealed record AsJudged(int Unasked, string? Challenge, DateTimeOffset? MadeAt, string? Service);
}
