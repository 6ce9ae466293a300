using System.CommandLine;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What every <c>probe</c> command does once it knows its targets: look, show, write.</summary>
/// <param name="pillar">Whose probes.</param>
/// <param name="judges">True for a kind of target whose observations are also judged for people; programs get observations alone.</param>
/// <param name="beside">What the command does beside; null where nothing.</param>
/// <param name="only">Probe asked for alone; null for all of the pillar.</param>
/// <param name="tables">For pillars whose probes look for what the rules name; null for others, which need not read the rules.</param>
internal sealed class SingleProbing(Pillar pillar, bool judges = false, Func<ProbeTables>? tables = null, IBesideProbing? beside = null, string? only = null)
{
    private readonly Lazy<ProbeCatalogue> _probes = new(() => Product.ProbesOf(pillar));

    /// <summary>With more targets, what each was asked is for programs; people get a row a target.</summary>
    private const int ShownInFull = 8;

    /// <summary>Waiting for many strangers at once costs nothing; each target has its own limit.</summary>
    private const int PairsAtOnce = 32;

    /// <summary>Name of the option for observations; <c>-</c> is standard output.</summary>
    public const string Json = "--json";

    private readonly Option<string?> _json = new(Json) { Description = "观测写成 JSON 数组；- 为标准输出", HelpName = "文件" };
    private readonly Option<string?> _evidence = new("--evidence") { Description = "把证据存到该目录（默认只给出摘要值）", HelpName = "目录" };
    private readonly Option<bool> _intrusive = CommonOptions.AllowIntrusive();

    /// <summary>What the process answers, for the help: a probe has no gate, so that no letter and no verdict changes it.</summary>
    public static (string Title, IReadOnlyList<(string Left, string Right)> Rows) ExitCodes { get; } = ("退出码：",
    [
        ($"{ExitCode.Passed}", "要看的都看了；与等级、不符合的多少无关（等级 F 也是 0），要以结论作门禁请用 securitycheck run"),
        ($"{ExitCode.NeedsReview}", "有探测没有做成（连不上、握手被拒等），对应项目未核验"),
        ($"{ExitCode.BadInput}", "命令行或文件有误，没有连接任何主机"),
        ($"{ExitCode.Internal}", "内部错误"),
        ($"{ExitCode.Cancelled}", "被中断"),
    ]);

    /// <summary>The options all of them have.</summary>
    public IReadOnlyList<Option> Options => [_json, _evidence, _intrusive, .. beside?.Options ?? []];

    /// <param name="parsed">The command line.</param>
    /// <param name="targets">What it names.</param>
    /// <param name="level">The protection level to judge by; null for rules that do not ask for one.</param>
    public async Task<int> RunAsync(ParseResult parsed, IReadOnlyList<Target> targets, int? level = null)
    {
        using var interruption = new Interruption("收到中断：停止探测，没有看到的记为未核验；再按一次 Ctrl+C 立即退出。");
        var records = await ObserveAsync(parsed, targets, interruption.Stop);
        var json = parsed.GetValue(_json);
        var isShown = beside is not null && (json is null || beside.ShowsBesideFiles(parsed)) && await beside.ShowAsync(parsed, records, targets);
        if (json is not null || !isShown)
        {
            await WriteAsync(records, targets, level, json);
        }

        if (interruption.Stop.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }

        var failed = beside is not null && await beside.EndAsync(parsed, records);
        return failed ? ExitCode.Failed : records.Any(r => r.Outcome is Unable && !IsLeftOut(r)) ? ExitCode.NeedsReview : ExitCode.Passed;
    }

    private async Task<IReadOnlyList<ProbeRecord>> ObserveAsync(ParseResult parsed, IReadOnlyList<Target> targets, CancellationToken stop)
    {
        var scope = Scope.Of(targets);
        var tools = new ProcessToolRunner();
        var redactor = new Redactor(targets.OfType<CryptoSample>().SelectMany(s => s.Secrets.Values));
        IEvidenceStore kept = parsed.GetValue(_evidence) is { } folder ? new FolderEvidenceStore(folder, redactor) : new DescribingEvidenceStore(redactor);
        var context = new ProbeContext
        {
            Scope = scope,
            Dialer = new SocketDialer(scope),
            Tools = tools,
            Shells = new SshShellAccess(tools, scope),
            Evidence = beside?.Around(kept) ?? kept,
            CacheFolder = beside?.CacheFolder(parsed, targets),
            Redactor = redactor,
            Clock = TimeProvider.System,
            Log = NullLogger.Instance,
            Shared = new SharedWork(),
            Tables = tables?.Invoke() ?? ProbeTables.None,
            Seals = pillar == Pillar.Materials ? Product.Seals : NoPaperSeals.Instance,
            AllowIntrusive = parsed.GetValue(_intrusive),
        };
        var alone = beside?.Only(parsed) ?? only;
        var plan = _probes.Value.Plan(targets, p => p.Manifest.Pillar == pillar && (alone is null || p.Manifest.Id == alone));
        var options = new RunnerOptions(MaxParallel: targets.Count == 1 ? new RunnerOptions().MaxParallel : PairsAtOnce);
        if (targets.Count == 1 && Console.IsErrorRedirected)
        {
            return await new ProbeRunner(context, options, new Silent()).RunAsync(plan, stop);
        }

        return await RunWatch.ShowAsync(json: false, progress => new ProbeRunner(context, options, progress).RunAsync(plan, stop));
    }

    private async Task WriteAsync(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets, int? level, string? json)
    {
        if (json is null)
        {
            Show(records, targets, level);
            return;
        }

        var bytes = ObservationJson.ToFile(records.SelectMany(SingleObservation.Of));
        if (json == "-")
        {
            await Console.Out.WriteAsync(Encoding.UTF8.GetString(bytes));
        }
        else
        {
            await File.WriteAllBytesAsync(json, bytes);
            await Console.Error.WriteLineAsync($"观测已写入 {Printable.Of(Path.GetFullPath(json))}（{targets.Count} 个目标）。");
        }
    }

    private void Show(IReadOnlyList<ProbeRecord> all, IReadOnlyList<Target> targets, int? level)
    {
        var records = all.Where(r => !IsLeftOut(r)).ToList();
        var verdicts = judges ? TargetJudging.Of(all, targets, pillar, level, IsLeftOut, only) : [];
        if (pillar == Pillar.Materials)
        {
            MaterialTable.Write(records, targets, verdicts);
            return;
        }

        if (targets.Count <= ShownInFull)
        {
            if (verdicts.Count > 0)
            {
                VerdictSummary.Write(verdicts, level);
            }

            Tell(records, targets);
        }

        if (targets.Count > 1)
        {
            TargetOverview.Write(records, targets, verdicts);
        }

        if (targets.Count > ShownInFull)
        {
            Terminal.Out.WriteLine($"目标多于 {ShownInFull} 个时只列概览；逐项结果用 --json 文件 取得，或分开探测。");
        }

        var reached = all.Where(r => r.Outcome is Observed).Select(r => r.TargetId).ToHashSet(StringComparer.Ordinal);
        var leftOut = all.Where(r => IsLeftOut(r) && reached.Contains(r.TargetId)).Select(r => _probes.Value.Find(r.ProbeId)!.Manifest.Title).Distinct(StringComparer.Ordinal).ToList();
        if (leftOut.Count > 0)
        {
            Terminal.Out.WriteLine($"没有做的（可能影响业务，需要 --allow-intrusive）：{string.Join("、", leftOut)}");
        }
    }

    private void Tell(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets)
    {
        if (pillar == Pillar.CodeSecurity)
        {
            CodeOverview.Write(records, targets);
        }
        else if (pillar == Pillar.ElectronicArchives)
        {
            ArchiveOverview.Write(records, targets, _probes.Value);
        }
        else
        {
            ObservationTable.Write(records, targets, _probes.Value);
        }
    }

    /// <summary>Not asked for by this command line: neither a failure nor a finding.</summary>
    private bool IsLeftOut(ProbeRecord record) =>
        record.Outcome is Unable { Kind: FailureKind.Refused } && _probes.Value.Find(record.ProbeId)!.Manifest.Intrusiveness == Intrusiveness.Intrusive;

    private sealed class Silent : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            // A log of one target would say nothing its table does not.
        }
    }
}
