using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Walks a flow through pages with the real browser.</summary>
internal static class Walking
{
    public static void NeedBrowser() => Skip.If(RequiredTool.IsMissing("chromium", InstalledBrowser.Find()), "缺少 Chromium");

    public static BrowserFlow Flow(string text)
    {
        using var folder = new TemporaryFolder();
        return FlowReader.Read(folder.Write("flow.yaml", text));
    }

    public static async Task<(FlowRecord Record, KeptEvidence Evidence)> WalkAsync(Uri start, BrowserFlow flow, bool isDry = false)
    {
        var target = new WebFlow { Id = "archive", Start = start, Flow = flow };
        var redactor = new Redactor(flow.Secrets.Values);
        var evidence = new KeptEvidence(redactor);
        var context = ProbeContexts.For(evidence, redactor, new Endpoint { Id = "pages", Host = "127.0.0.1", Port = start.Port, Protocol = EndpointProtocol.Http });
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        if (isDry)
        {
            return (await ArchiveFlowProbe.TryAsync(target, flow, context, stop.Token), evidence);
        }

        var outcome = await new ArchiveFlowProbe().ObserveAsync(target, context, stop.Token);
        return (System.Text.Json.JsonSerializer.Deserialize<FlowRecord>(Assert.IsType<Observed>(outcome).Observations.Single().Data, ObservationJson.Options)!, evidence);
    }

    public static FlowStepResult Of(this FlowRecord record, string id) => record.Steps.Single(s => s.Id == id);

    public static string Say(FlowRecord record) => string.Join('\n', record.Steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Id} {s.Outcome} {s.Note} [{string.Join("、", s.Candidates)}]")));
}
