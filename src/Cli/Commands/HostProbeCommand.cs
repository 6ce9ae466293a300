using System.CommandLine;
using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>probe classified-protection</c>: hosts over ssh, as bundles, as trees, or this one.</summary>
internal static class HostProbeCommand
{
    /// <summary>What most systems that are to be accepted are classified as.</summary>
    private const int UsualLevel = 3;

    public static Command Create(string name)
    {
        var hosts = new Argument<string[]>("主机") { Description = "[用户@]主机[:端口]，经 ssh 密钥登录，可以多个", Arity = ArgumentArity.ZeroOrMore };
        var bundles = new Option<string[]>("--bundle") { Description = "取证包（securitycheck collect），可以多次", HelpName = "文件" };
        var roots = new Option<string[]>("--root") { Description = "解开的目录，其顶层相当于 /，可以多次", HelpName = "目录" };
        var databases = new Option<string[]>("--database") { Description = "数据库脚本的输出（securitycheck collect --sql），可以多次", HelpName = "文件" };
        var local = new Option<bool>("--local") { Description = "运行本工具的这台机器" };
        var identity = new Option<string?>("--identity") { Description = "ssh 私钥文件", HelpName = "文件" };
        var known = new Option<string?>("--known-hosts") { Description = "known_hosts 文件；未知的主机公钥一律拒绝", HelpName = "文件" };
        var level = new Option<int>("--level") { Description = "按等级保护几级的规则判，1–4", HelpName = "级别", DefaultValueFactory = _ => UsualLevel };
        level.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= 4))
            {
                result.AddError("--level 应为 1 到 4");
            }
        });
        var probing = new SingleProbing(Pillar.ClassifiedProtection, judges: true);
        var command = new DocumentedCommand(
            name,
            "主机的等级保护核查项：账户、口令、SSH、审计、日志、端口、文件权限等。终端先给出按内置规则判定的摘要，再列观测；--json 只有观测，不含判定",
            ($"securitycheck probe {name} --bundle app.tgz", "看一个取证包"),
            ($"securitycheck probe {name} --database postgresql.txt", "看一份数据库脚本的输出"),
            ($"securitycheck probe {name} --root /mnt/image", "看一个解开的目录"),
            ($"securitycheck probe {name} --local", "看本机"),
            ($"securitycheck probe {name} inspector@10.0.0.5 --identity keys/inspector", "经 ssh 看一台主机"))
        {
            hosts, bundles, roots, databases, local, identity, known, level,
        };
        probing.Options.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            List<List<(string Key, string Value)>> named =
            [
                .. parsed.GetValue(hosts)!.Select(h => Ssh(h, parsed.GetValue(identity), parsed.GetValue(known))),
                .. (parsed.GetValue(bundles) ?? []).Select(b => new List<(string, string)> { ("bundle", b) }),
                .. (parsed.GetValue(roots) ?? []).Select(r => new List<(string, string)> { ("root", r) }),
                .. (parsed.GetValue(databases) ?? []).Select(d => new List<(string, string)> { ("databases", d) }),
                .. parsed.GetValue(local) ? new List<(string, string)>[] { [("local", "true")] } : [],
            ];
            List<Target> targets = [.. named.Select((keys, i) => NamedHost.Read(keys, i + 1))];
            return targets.Count > 0
                ? probing.RunAsync(parsed, targets, parsed.GetValue(level))
                : throw new BadRequestException("没有给出主机：[用户@]主机、--bundle 文件、--root 目录、--database 文件 或 --local");
        });
        return command;
    }

    private static List<(string Key, string Value)> Ssh(string text, string? identity, string? known)
    {
        var at = text.LastIndexOf('@');
        List<(string, string)> keys = [("address", text[(at + 1)..])];
        if (at > 0)
        {
            keys.Add(("user", text[..at]));
        }

        if (identity is not null)
        {
            keys.Add(("identityFile", identity));
        }

        if (known is not null)
        {
            keys.Add(("knownHostsFile", known));
        }

        return keys;
    }
}
