using System.CommandLine;
using SmartCity.SecurityCheck.Probes.ClassifiedProtection;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>collect</c>: the script that is run on hosts, and what it does there.</summary>
internal static class CollectCommand
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["text"] = "全文（抹去秘密与整行注释）", ["shadow"] = "只留散列前缀、锁定状态与期限", ["passwd"] = "去掉口令与备注栏", ["lines"] = "只留 TMOUT 与 umask 行",
        ["snmp"] = "抹去团体字与 v3 用户", ["redis"] = "抹去口令、散列与改名后的命令", ["mysql"] = "抹去口令", ["xml"] = "抹去口令属性", ["pam"] = "全文（抹去秘密）",
        ["sudo"] = "全文（抹去秘密）", ["stat"] = "只看权限、属主与时间，不看内容",
    };

    public static Command Create()
    {
        var print = new Option<bool>("--print") { Description = "把取证脚本写到标准输出" };
        var list = new Option<bool>("--list") { Description = "列出脚本读什么、执行什么" };
        var sql = new Option<string?>("--sql") { Description = $"改为数据库取证脚本：{string.Join("、", DatabaseScripts.All.Select(a => a.Word))}；由库的管理员执行", HelpName = "产品" };
        var command = new DocumentedCommand(
            "collect",
            "主机取证脚本：在没有 ssh 的主机上运行，产生可离线核查的取证包；只读、不联网、不需要 root",
            ("securitycheck collect --print > collect.sh", "写出脚本；拷到主机上运行 sh collect.sh"),
            ("securitycheck collect --list", "先看它读什么、执行什么，供变更审批"),
            ("securitycheck probe classified-protection --bundle app.tgz", "核查拿回来的取证包"),
            ("securitycheck collect --sql postgresql --print > collect.sql", "写出数据库脚本；输出写进 hosts[].databases"))
        {
            print, list, sql,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(sql) is { } word)
            {
                return Sql(word, parsed.GetValue(print), parsed.GetValue(list));
            }

            switch (parsed.GetValue(print), parsed.GetValue(list))
            {
                case (true, false):
                    Console.Out.Write(Collector.Script);
                    return ExitCode.Passed;
                case (false, true):
                    Console.Out.Write(Listing());
                    return ExitCode.Passed;
                default:
                    throw new BadRequestException("collect 要写 --print 或 --list 之一");
            }
        });
        return command;
    }

    /// <summary>The head of a script says what it reads, so that listing shows the head.</summary>
    private static int Sql(string word, bool print, bool list)
    {
        var (_, product, name) = DatabaseScripts.All.FirstOrDefault(a => a.Word == word);
        if (name is null || print == list)
        {
            throw new BadRequestException(name is null ? $"没有 {word} 的脚本；--sql 取 {string.Join("、", DatabaseScripts.All.Select(a => a.Word))} 之一" : "collect --sql 要写 --print 或 --list 之一");
        }

        var script = DatabaseScripts.Of(product);
        Console.Out.Write(print ? script : string.Concat(script.Split('\n').TakeWhile(l => l.StartsWith("--", StringComparison.Ordinal)).Select(l => $"{l[2..].TrimStart()}\n")));
        return ExitCode.Passed;
    }

    private static string Listing()
    {
        var text = new System.Text.StringBuilder("读取的文件：\n");
        foreach (var (kind, pattern) in Collector.Files)
        {
            text.Append("  ").Append(pattern).Append("  ").Append(Kinds[kind]).Append('\n');
        }

        text.Append("  sshd、nginx、sudo、PostgreSQL、MySQL、Redis、rsyslog 配置里 Include 到的文件\n执行的命令（只读，每条限时 10 秒）：\n");
        foreach (var (_, line) in Collector.Commands)
        {
            text.Append("  ").Append(line).Append('\n');
        }

        return text.Append("  读取 /proc/sys 下的内核参数；find / -xdev 查全局可写与 SUID/SGID 文件（限时 20 秒）\n不读取：私钥内容、计划任务内容、用户数据、进程参数。不修改、不安装、不联网。\n").ToString();
    }
}
