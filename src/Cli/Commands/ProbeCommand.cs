using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

internal static class ProbeCommand
{
    /// <summary>With more targets, what each was asked is for programs; people get a row a target.</summary>
    private const int ShownInFull = 8;

    /// <summary>Waiting for many strangers at once costs nothing; each target has its own limit.</summary>
    private const int PairsAtOnce = 32;

    public static Command Create()
    {
        var available = Product.Probes.Probes.Select(p => p.Manifest.Pillar).Distinct().Select(p => p.Id()).ToList();
        var pillar = new Argument<string>("支柱") { Description = $"现有：{string.Join("、", available)}" };
        var targets = new Argument<string[]>("目标") { Description = "主机:端口 或网址，可以多个，也可以逗号分隔", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<string?>("--targets") { Description = "目标文件：一行一个，# 后是注释；行内可加 sni=名称、starttls=协议", HelpName = "文件" };
        var json = new Option<string?>("--json") { Description = "观测写成 JSON 数组；- 为标准输出", HelpName = "文件" };
        var evidence = new Option<string?>("--evidence") { Description = "把证据存到该目录（默认只给出摘要值）", HelpName = "目录" };
        var serverName = new Option<string?>("--sni") { Description = "TLS 握手里的服务器名称，与地址不同时用", HelpName = "名称" };
        var startTls = CommonOptions.StartTls();
        var ca = new Option<string[]>("--ca") { Description = "信任锚或中级证书文件（PEM/DER/P7B），可以多次；自签名的作信任锚，其余作中级证书", HelpName = "文件" };
        var crl = new Option<string[]>("--crl") { Description = "证书撤销列表文件（PEM/DER），可以多次", HelpName = "文件" };
        var intrusive = CommonOptions.AllowIntrusive();
        var command = new DocumentedCommand(
            "probe",
            "只做一个支柱的探测，不判定，不需要 candidate.yaml；只连接命令行和目标文件里写出的目标",
            ("securitycheck probe tls portal.example.cn:443", "看一个端口的协议版本、证书、安全头"),
            ("securitycheck probe tls mail.example.cn:25 --starttls smtp", "先在 SMTP 里升级到 TLS 再看"),
            ("securitycheck probe tls 10.0.0.5:8443 --ca root.pem --ca sub.pem", "按给出的根证书核验证书链"),
            ("securitycheck probe tls --targets 清单.txt --json -", "文件里的许多端口，JSON 到标准输出"))
        {
            pillar, targets, file, serverName, startTls, ca, crl, json, evidence, intrusive,
        };
        command.SetAction(async parsed =>
        {
            var chosen = PillarNames.FromId(parsed.GetValue(pillar)!) is { } known && available.Exists(a => a == known.Id())
                ? known
                : throw new BadRequestException($"没有支柱 {parsed.GetValue(pillar)} 的探测，现有：{string.Join("、", available)}");
            var trust = SuppliedTrust.Read(parsed.GetValue(ca) ?? [], parsed.GetValue(crl) ?? []);
            List<Endpoint> endpoints =
            [
                .. Endpoints(parsed.GetValue(targets)!, parsed.GetValue(file), parsed.GetValue(serverName), parsed.GetValue(startTls))
                    .Select(e => e with { Trust = trust }),
            ];
            using var interruption = new Interruption();
            var records = await ObserveAsync(chosen, endpoints, parsed.GetValue(evidence), parsed.GetValue(intrusive), interruption.Stop);
            await WriteAsync(records, endpoints, parsed.GetValue(json));
            return interruption.Stop.IsCancellationRequested ? ExitCode.Cancelled
                : records.Any(r => r.Outcome is Unable && !IsLeftOut(r)) ? ExitCode.NeedsReview : ExitCode.Passed;
        });
        return command;
    }

    private static IReadOnlyList<Endpoint> Endpoints(string[] texts, string? file, string? serverName, StartTlsProtocol? startTls)
    {
        var list = new TargetList(serverName, startTls);
        texts.ToList().ForEach(list.Add);
        if (file is not null)
        {
            list.AddFile(file);
        }

        var endpoints = list.Finish();
        if (list.Doubles > 0)
        {
            Console.Error.WriteLine($"有 {list.Doubles} 个目标重复，只探测一次。");
        }

        return endpoints;
    }

    private static async Task<IReadOnlyList<ProbeRecord>> ObserveAsync(Pillar pillar, List<Endpoint> endpoints, string? evidenceFolder, bool intrusive, CancellationToken stop)
    {
        var scope = Scope.Of(endpoints);
        var tools = new ProcessToolRunner();
        var context = new ProbeContext
        {
            Scope = scope,
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
        var options = new RunnerOptions(MaxParallel: endpoints.Count == 1 ? new RunnerOptions().MaxParallel : PairsAtOnce);
        if (endpoints.Count == 1 && Console.IsErrorRedirected)
        {
            return await new ProbeRunner(context, options, new Silent()).RunAsync(plan, stop);
        }

        return await RunWatch.ShowAsync(json: false, progress => new ProbeRunner(context, options, progress).RunAsync(plan, stop));
    }

    private static async Task WriteAsync(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Endpoint> endpoints, string? json)
    {
        if (json is null)
        {
            Show(records, endpoints);
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

    private static void Show(IReadOnlyList<ProbeRecord> all, IReadOnlyList<Endpoint> endpoints)
    {
        var records = all.Where(r => !IsLeftOut(r)).ToList();
        if (endpoints.Count <= ShownInFull)
        {
            ObservationTable.Write(records, endpoints);
        }

        if (endpoints.Count > 1)
        {
            TargetOverview.Write(records, endpoints);
        }

        if (endpoints.Count > ShownInFull)
        {
            Terminal.Out.WriteLine($"目标多于 {ShownInFull} 个时只列概览；逐项结果用 --json 文件 取得，或分开探测。");
        }

        var leftOut = all.Where(IsLeftOut).Select(r => Product.Probes.Find(r.ProbeId)!.Manifest.Title).Distinct(StringComparer.Ordinal).ToList();
        if (leftOut.Count > 0)
        {
            Terminal.Out.WriteLine($"没有做的（可能影响业务，需要 --allow-intrusive）：{string.Join("、", leftOut)}");
        }
    }

    /// <summary>Not asked for by this command line: neither a failure nor a finding.</summary>
    private static bool IsLeftOut(ProbeRecord record) =>
        record.Outcome is Unable { Kind: FailureKind.Refused } && Product.Probes.Find(record.ProbeId)!.Manifest.Intrusiveness == Intrusiveness.Intrusive;

    private sealed class Silent : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            // A log of one target would say nothing its table does not.
        }
    }
}
