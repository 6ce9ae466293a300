using System.CommandLine;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>How <c>probe code</c> says what it saw.</summary>
internal enum CodeFormat
{
    Text,
    Sarif,
}

/// <summary>Suppressions, baseline, threshold, cache and ways of showing of <c>probe code</c>.</summary>
internal sealed class CodeStanding : IBesideProbing
{
    private readonly Option<string?> _suppressions = new("--suppressions") { Description = "抑制文件：哪些缺陷不算、为什么、谁复核、到哪天（YAML）", HelpName = "文件" };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "与该基线比较，分出新增、既有与已消失；不改变判定", HelpName = "文件" };
    private readonly Option<string?> _write = new("--write-baseline") { Description = "把本次全部缺陷的指纹写成基线", HelpName = "文件" };
    private readonly Option<FailOn?> _failOn = CommonOptions.FailOnDefects();
    private readonly Option<string?> _cache = new("--cache") { Description = "缓存目录，没有变的文件下次不再看，Java 只改了方法体时只重看受影响的方法（默认用用户缓存目录下的 securitycheck，目录不安全时不用）", HelpName = "目录" };
    private readonly Option<bool> _noCache = new("--no-cache") { Description = "不用缓存，全部重看" };

    private readonly Option<string?> _flows = new("--flows") { Description = "项目自己的 Java 数据流规则（YAML，键与 candidate.yaml 里的 flows 相同）", HelpName = "文件" };
    private readonly Option<bool> _java = new("--java") { Description = "只做 Java 数据流分析，逐处给出代码路径" };
    private readonly Option<CodeFormat?> _format = new("--format") { Description = "text 给人看（默认）；sarif 把缺陷以 SARIF 2.1.0 写到标准输出", HelpName = "text|sarif" };

    private byte[]? _bytes;
    private DateOnly? _baselineDay;

    public IReadOnlyList<Option> Options => [_suppressions, _baseline, _write, _failOn, _cache, _noCache, _flows, _java, _format];

    public string? Only(ParseResult parsed) => parsed.GetValue(_java) ? "code.java" : null;

    public bool ShowsBesideFiles(ParseResult parsed) => parsed.GetValue(_format) == CodeFormat.Sarif;

    public async Task<bool> ShowAsync(ParseResult parsed, IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets)
    {
        if (parsed.GetValue(_format) == CodeFormat.Sarif)
        {
            await CodeSarif.WriteAsync(records, targets, _baselineDay);
            return true;
        }

        if (parsed.GetValue(_java))
        {
            JavaOverview.Write(records, targets);
        }

        return parsed.GetValue(_java);
    }

    /// <summary>The trees with what the command line says of them.</summary>
    /// <exception cref="BadRequestException">A file that cannot be used, or one that would have to speak of several trees.</exception>
    public IReadOnlyList<SourceTree> Prepare(ParseResult parsed, IReadOnlyList<SourceTree> trees)
    {
        var (suppressions, baseline, write) = (parsed.GetValue(_suppressions), parsed.GetValue(_baseline), parsed.GetValue(_write));
        if (write is not null && parsed.GetValue(_java))
        {
            throw new BadRequestException("--write-baseline 要看全部引擎，不能与 --java 一起用");
        }

        if (ShowsBesideFiles(parsed) && parsed.GetValue<string?>(SingleProbing.Json) == "-")
        {
            throw new BadRequestException("--format sarif 与 --json - 都写标准输出，只能选一个；--json 可以写到文件");
        }

        if (trees.Count > 1 && (suppressions ?? baseline ?? write) is not null)
        {
            throw new BadRequestException("--suppressions、--baseline、--write-baseline 一次只用于一个目录：指纹里的路径从该目录算起");
        }

        _baselineDay = baseline is null ? null : DayOf(baseline);

        var flows = parsed.GetValue(_flows) is { } own ? ProjectFlowReader.Read(own, Product.RulesOf(Pillar.CodeSecurity).Rules.Library.Tables.Flows).Flows : ProjectFlows.None;
        return suppressions is null && baseline is null && flows.IsEmpty ? trees : [.. trees.Select(t => t with
        {
            Flows = flows,
            Suppressions = suppressions is null ? [] : SuppressionReader.Read(suppressions),
            Baseline = baseline is null ? null : Path.GetFullPath(baseline),
        })];
    }

    public IEvidenceStore Around(IEvidenceStore store) => new Watched(store, this);

    public string? CacheFolder(ParseResult parsed, IReadOnlyList<Target> targets) => parsed.GetValue(_noCache)
        ? null
        : SafeCache.Folder(parsed.GetValue(_cache), [.. targets.OfType<SourceTree>().Select(t => t.Path)]);

    public async Task<bool> EndAsync(ParseResult parsed, IReadOnlyList<ProbeRecord> records)
    {
        if (parsed.GetValue(_write) is { } file)
        {
            if (_bytes is null)
            {
                throw new BadRequestException("缺陷台账没有做成，基线没有写");
            }

            await File.WriteAllBytesAsync(file, _bytes);
            await Console.Error.WriteLineAsync($"基线已写入 {Printable.Of(Path.GetFullPath(file))}。");
        }

        return parsed.GetValue(_failOn) is { } threshold && IsWorse(records, threshold, parsed.GetValue(_baseline) is not null);
    }

    private static bool IsWorse(IReadOnlyList<ProbeRecord> records, FailOn threshold, bool onlyNew)
    {
        var weighed = CodeOverview.DefectsOf(records).Where(d => !d.IsSuppressed && (!onlyNew || d.Baseline != BaselineStanding.Known)).ToList();
        var least = threshold switch { FailOn.Critical => Severity.Critical, FailOn.Major => Severity.Major, _ => Severity.Minor };
        return weighed.Exists(d => d.Severity >= least && d.Confidence >= CodeConfidence.Medium)
            || (threshold == FailOn.Unverified && (weighed.Count > 0 || records.Any(r => r.Outcome is Unable) || IsPartial(records)));
    }

    /// <summary>An engine did not see everything it was to look at.</summary>
    private static bool IsPartial(IReadOnlyList<ProbeRecord> records) => CodeOverview.SeenBy<JavaAnalysis>(records).Any(a => !a.IsComplete)
        || CodeOverview.SeenBy<DefectRegister>(records).Any(r => r.Doubts.Count > 0)
        || CodeOverview.SeenBy<CodeSecrets>(records).Any(s => s.Doubts.Count > 0)
        || CodeOverview.SeenBy<SecretHistory>(records).Any(h => h is { IsAsked: true, Doubts.Count: > 0 });

    /// <exception cref="BadRequestException">No baseline.</exception>
    private static DateOnly DayOf(string path)
    {
        try
        {
            return CodeBaseline.Open(path).WrittenOn;
        }
        catch (UnableException unable)
        {
            throw new BadRequestException($"{path}：{unable.Message}");
        }
    }

    /// <summary>Keeps the bytes that a later run may take for its baseline.</summary>
    private sealed class Watched(IEvidenceStore store, CodeStanding standing) : IEvidenceStore
    {
        public Evidence Save(EvidenceDraft draft)
        {
            if (draft.Name == DefectRegisterProbe.BaselineName)
            {
                standing._bytes = draft.Bytes.ToArray();
            }

            return store.Save(draft);
        }
    }
}
