using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Drives the pages of a system as its users do. Whoever writes a flow says what is changed; nothing else is.</summary>
public sealed class ArchiveFlowProbe : Probe<WebFlow, FlowRecord>
{
    internal const string Id = "archives.flow";

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = Id,
        Pillar = Pillar.ElectronicArchives,
        Title = "归档功能（浏览器里走一遍）",
        Question = "系统的归档、检测、封装、日志、备份、导出与导入功能真的能用吗？",
        Needs = typeof(WebFlow),
        Observes = typeof(FlowRecord),
        Touches = Touches.Network | Touches.Browser,
        Intrusiveness = Intrusiveness.Intrusive, // it creates cases and sends packages, and candidate.yaml may be somebody else's
        Timeout = TimeSpan.FromMinutes(30),
        Connections = 32,
        Tools = ["Chromium/Edge"],
        Version = "1",
    };

    public override NotNeeded? Spares(Target target) => target is WebFlow { Flow: null } ? new NotNeeded("没有给流程文件（flow）") : null;

    protected override async Task<ProbeOutcome> ObserveAsync(WebFlow target, ProbeContext context, CancellationToken cancellationToken)
    {
        var evidence = new List<Evidence>();
        var record = await WalkAsync(target, target.Flow!, context, isDry: false, evidence, cancellationToken);
        return Saw(target, context, record, evidence);
    }

    /// <summary>Shows for each step what it would use; logs in and moves about, and changes nothing.</summary>
    /// <exception cref="UnableException">No browser.</exception>
    public static Task<FlowRecord> TryAsync(WebFlow target, BrowserFlow flow, ProbeContext context, CancellationToken cancellationToken) =>
        WalkAsync(target, flow, context, isDry: true, [], cancellationToken);

    private static async Task<FlowRecord> WalkAsync(WebFlow target, BrowserFlow flow, ProbeContext context, bool isDry, List<Evidence> evidence, CancellationToken cancellationToken)
    {
        context.Scope.Demand(target.Start.IdnHost.Trim('[', ']'), target.Start.Port);
        var folder = Directory.CreateTempSubdirectory("securitycheck-flow-");
        try
        {
            await using var proxy = new ScopedProxy(context, context.Scope.Allows, cancellationToken);
            await using var browser = await FlowBrowser.StartAsync(proxy.Port);
            await using var engine = new FlowEngine(flow, target.Start, browser, context, folder.FullName, isDry);
            var login = await engine.RunAsync(target.TargetId, cancellationToken);
            evidence.AddRange(engine.Evidence);
            return Record(flow, login, engine, proxy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FlowRecord Record(BrowserFlow flow, string login, FlowEngine engine, ScopedProxy proxy) => new()
    {
        Flow = flow.Title, Login = login, Steps = engine.Results, Differences = engine.Differences,
        F01 = Of(engine, "F-01"), F02 = Of(engine, "F-02"), F03 = Of(engine, "F-03"), F04 = Of(engine, "F-04"), F05 = Of(engine, "F-05"), F06 = Of(engine, "F-06"),
        F07 = Of(engine, "F-07"), F08 = Of(engine, "F-08"), F09 = Of(engine, "F-09"), F10 = Of(engine, "F-10"), F11 = Of(engine, "F-11"), F12 = Of(engine, "F-12"),
        B01 = Of(engine, "B-01"), B02 = Of(engine, "B-02"), B03 = Of(engine, "B-03"), B04 = Of(engine, "B-04"),
        Blocked = [.. proxy.Blocked.Select(b => $"{b.Key}（{b.Value} 次{(engine.Network.Asks(b.Key) ? "" : "；页面的请求里没有它，多半是浏览器自己的")}）")], Dialogs = engine.Dialogs, UnmatchedMasks = engine.UnmatchedMasks, CertificatesUnchecked = true, Chain = engine.Chain,
    };

    private static FunctionFinding Of(FlowEngine engine, string id) => FunctionFinding.Of(id, engine.Results);
}
