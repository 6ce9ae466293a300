using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Cli;

internal static class ProbeCommand
{
    public static Command Create()
    {
        var available = Product.Probes.Probes.Select(p => p.Manifest.Pillar).Distinct().Select(p => p.Id()).ToList();
        var pillar = new Argument<string>("支柱") { Description = $"现有：{string.Join("、", available)}" };
        var targets = new Argument<string[]>("目标") { Description = "主机:端口 或网址，可以多个", Arity = ArgumentArity.OneOrMore };
        var json = new Option<string?>("--json") { Description = "观测写成 JSON 数组；- 为标准输出", HelpName = "文件" };
        var evidence = new Option<string?>("--evidence") { Description = "把证据存到该目录（默认只给出摘要值）", HelpName = "目录" };
        var serverName = new Option<string?>("--sni") { Description = "TLS 握手里的服务器名称，与地址不同时用", HelpName = "名称" };
        var ca = new Option<string[]>("--ca") { Description = "信任锚或中级证书文件（PEM/DER/P7B），可以多次；自签名的作信任锚，其余作中级证书", HelpName = "文件" };
        var crl = new Option<string[]>("--crl") { Description = "证书撤销列表文件（PEM/DER），可以多次", HelpName = "文件" };
        var intrusive = CommonOptions.AllowIntrusive();
        var command = new DocumentedCommand(
            "probe",
            "只做一个支柱的探测，不判定，不需要 candidate.yaml；只连接命令行上写出的目标",
            ("securitycheck probe tls portal.example.cn:443", "看一个端口的协议版本、证书、安全头"),
            ("securitycheck probe tls 10.0.0.5:8443 10.0.0.6:8443 --json -", "两个端口，JSON 到标准输出"),
            ("securitycheck probe tls 10.0.0.5:8443 --ca root.pem --ca sub.pem", "按给出的根证书核验证书链"))
        {
            pillar, targets, serverName, ca, crl, json, evidence, intrusive,
        };
        command.SetAction(async parsed =>
        {
            var chosen = PillarNames.FromId(parsed.GetValue(pillar)!) is { } known && available.Exists(a => a == known.Id())
                ? known
                : throw new BadRequestException($"没有支柱 {parsed.GetValue(pillar)} 的探测，现有：{string.Join("、", available)}");
            var trust = SuppliedTrust.Read(parsed.GetValue(ca) ?? [], parsed.GetValue(crl) ?? []);
            List<Endpoint> endpoints = [.. Endpoints(parsed.GetValue(targets)!, parsed.GetValue(serverName)).Select(e => e with { Trust = trust })];
            using var interruption = new Interruption();
            var records = await ObserveAsync(chosen, endpoints, parsed.GetValue(evidence), parsed.GetValue(intrusive), interruption.Stop);
            await WriteAsync(records, endpoints, parsed.GetValue(json));
            return interruption.Stop.IsCancellationRequested ? ExitCode.Cancelled
                : records.Any(r => r.Outcome is Unable) ? ExitCode.NeedsReview : ExitCode.Passed;
        });
        return command;
    }

    private static List<Endpoint> Endpoints(string[] texts, string? serverName)
    {
        var endpoints = new List<Endpoint>();
        foreach (var text in texts.SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var address = EndpointAddress.TryParse(text, out var why) ?? throw new BadRequestException($"目标 {(text.Contains('@', StringComparison.Ordinal) ? "" : $"{text} ")}{why}；应为{EndpointAddress.Expected}，例如 {EndpointAddress.Example}");
            endpoints.Add(new Endpoint
            {
                Id = new string([.. $"{address.Host}-{address.Port}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? char.ToLowerInvariant(c) : '-')]),
                Title = text,
                Host = address.Host,
                Port = address.Port,
                Protocol = address.Protocol,
                Path = address.Path,
                ServerName = serverName,
            });
        }

        return endpoints.Count > 0 ? [.. endpoints.DistinctBy(e => e.Id, StringComparer.Ordinal)] : throw new BadRequestException("没有给出目标");
    }

    private static async Task<IReadOnlyList<ProbeRecord>> ObserveAsync(Pillar pillar, List<Endpoint> endpoints, string? evidenceFolder, bool intrusive, CancellationToken stop)
    {
        var scope = Scope.Of(endpoints);
        var tools = new ProcessToolRunner();
        var context = new ProbeContext
        {
            Dialer = new SocketDialer(scope),
            Tools = tools,
            Shells = new SshShellAccess(tools, scope),
            Evidence = evidenceFolder is null ? new DescribingEvidenceStore(Redactor.None) : new FolderEvidenceStore(evidenceFolder, Redactor.None),
            Redactor = Redactor.None,
            Clock = TimeProvider.System,
            Log = NullLogger.Instance,
            Shared = new SharedWork(),
            AllowIntrusive = intrusive,
        };
        var plan = Product.Probes.Plan(endpoints, p => p.Manifest.Pillar == pillar);
        if (endpoints.Count == 1)
        {
            return await new ProbeRunner(context, new RunnerOptions(), new Silent()).RunAsync(plan, stop);
        }

        return await RunWatch.ShowAsync(json: false, progress => new ProbeRunner(context, new RunnerOptions(), progress).RunAsync(plan, stop));
    }

    private static async Task WriteAsync(IReadOnlyList<ProbeRecord> records, List<Endpoint> endpoints, string? json)
    {
        if (json is null)
        {
            ObservationTable.Write(records, endpoints);
            return;
        }

        var text = JsonSerializer.Serialize(records.SelectMany(SingleObservation.Of), ObservationJson.Options) + "\n";
        if (json == "-")
        {
            await Console.Out.WriteAsync(text);
        }
        else
        {
            await File.WriteAllTextAsync(json, text);
        }
    }

    private sealed class Silent : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            // One target is quicker than a bar is read.
        }
    }
}
