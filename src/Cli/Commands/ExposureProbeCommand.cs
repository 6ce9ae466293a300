using System.CommandLine;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>probe exposure</c>: ports of machines.</summary>
internal static class ExposureProbeCommand
{
    public static Command Create(string name)
    {
        var hosts = new Argument<string[]>("主机") { Description = "主机名或 IP，不带端口，可以多个；网段与范围不接受", Arity = ArgumentArity.ZeroOrMore };
        var declared = new Option<string?>("--ports") { Description = "声明对外开放的端口（也会看）；其余开放的列为未声明。它不缩小要看的范围，只看某些端口用 --scan", HelpName = "端口" };
        var scan = new Option<string?>("--scan") { Description = "只看这些端口，替换默认清单（规则里的端口加声明的端口）；没有看全规则里的端口时，“没有未声明的端口”不下结论", HelpName = "端口" };
        var tool = new Option<string>("--tool") { Description = "auto（有 nmap 用 nmap，默认）、nmap、connect（只用内置连接）", HelpName = "词", DefaultValueFactory = _ => "auto" };
        var probing = new SingleProbing(Pillar.Exposure, tables: () => Product.LoadRulesets(null).Library.Tables);
        var command = new DocumentedCommand(
            name,
            "暴露面：从本机看主机的 TCP 端口与服务；加 --allow-intrusive 时再看免鉴别的服务与出厂账户",
            ($"securitycheck probe {name} 10.0.0.5", "看规则里列出的端口"),
            ($"securitycheck probe {name} 10.0.0.5 --ports 22,443 --scan 1-65535", "看全部端口，指出未声明的"),
            ($"securitycheck probe {name} app.example.cn --tool connect", "不用 nmap"),
            ($"securitycheck probe {name} 10.0.0.5 --allow-intrusive", "再看免鉴别的服务与出厂账户"))
        {
            hosts, declared, scan, tool,
        };
        probing.Options.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            var word = parsed.GetValue(tool);
            var chosen = ExposureReader.Tools.Where(t => t.Word == word).Select(t => (ScanTool?)t.Value).FirstOrDefault()
                ?? throw new BadRequestException($"--tool 的值 {word} 不对，应为其中之一：{string.Join("、", ExposureReader.Tools.Select(t => t.Word))}");
            List<Target> targets = [.. parsed.GetValue(hosts)!.Select((h, i) => ExposureReader.Named(h, i + 1, (parsed.GetValue(declared), parsed.GetValue(scan), chosen)))];
            return targets.Count > 0
                ? probing.RunAsync(parsed, targets)
                : throw new BadRequestException("没有给出主机");
        });
        return command;
    }
}
