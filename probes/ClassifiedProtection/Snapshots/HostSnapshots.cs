using System.Text;
using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>The snapshot of a host, taken once a run whatever its source.</summary>
internal static class HostSnapshots
{
    /// <summary>For the whole script; every command inside has a bound of its own.</summary>
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromSeconds(200);

    /// <exception cref="UnableException">It cannot be had.</exception>
    public static async Task<HostSnapshot> OfAsync(Host host, ProbeContext context, CancellationToken cancellationToken)
    {
        var attempt = await context.Shared.GetAsync(
            $"classified-protection.snapshot|{host.TargetId}", async stop => await TryAsync(host, context, stop), cancellationToken);
        return attempt.Snapshot ?? throw new UnableException(attempt.Kind, attempt.Message);
    }

    /// <summary>A refusal is kept too: asking a host that does not answer once for every probe would take minutes.</summary>
    private static async Task<Attempt> TryAsync(Host host, ProbeContext context, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await TakeAsync(host, context, cancellationToken);
            context.Log.LogInformation("{Host}：{Origin}", host.DisplayName, snapshot.Origin);
            return new Attempt(snapshot, default, "");
        }
        catch (UnableException unable)
        {
            return new Attempt(null, unable.Kind, unable.Message);
        }
    }

    private static async Task<HostSnapshot> TakeAsync(Host host, ProbeContext context, CancellationToken cancellationToken)
    {
        if (host.Root is { } root)
        {
            return new RootSnapshot(root);
        }

        if (host is { Address: null, Bundle: null, Local: false })
        {
            throw new UnableException(FailureKind.BadInput, "这台主机只交来数据库脚本的输出，没有主机本身的取证包");
        }

        if (host.Bundle is { } bundle)
        {
            return BundleSnapshot.Open($"取证包 {Path.GetFileName(bundle)}", FileTree.At(bundle).Read(Path.GetFileName(Resolved(bundle)), BundleArchive.PackedCap));
        }

        var script = Encoding.UTF8.GetBytes(Collector.Script);
        if (host.Local)
        {
            var ran = await context.Tools.RunAsync(
                new ToolCall("sh", ["-s", "--", "--stdout"]) { StandardInput = script, Timeout = ScriptLimit, OutputCap = BundleArchive.PackedCap }, cancellationToken);
            return FromScript("本机", ran);
        }

        var answer = await context.Shells.RunAsync(
            host, new ShellCall("sh -s -- --stdout") { StandardInput = script, Timeout = ScriptLimit, OutputCap = BundleArchive.PackedCap }, cancellationToken);
        return FromScript($"经 ssh 收集自 {host.Address}", answer);
    }

    private static BundleSnapshot FromScript(string origin, ToolResult result)
    {
        if (result.ExitCode != 0)
        {
            var said = result.ErrorText.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
            throw new UnableException(FailureKind.BadInput, $"取证脚本没有完成（退出码 {result.ExitCode}）：{(said.Length > 200 ? said[..200] : said)}");
        }

        return result.OutputCut
            ? throw new UnableException(FailureKind.BadInput, "取证脚本的输出超过上限")
            : BundleSnapshot.Open(origin, result.Output);
    }

    private static string Resolved(string path) => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private sealed record Attempt(HostSnapshot? Snapshot, FailureKind Kind, string Message);
}
