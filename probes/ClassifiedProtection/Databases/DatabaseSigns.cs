using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Signs of a database on a host, and what is said of an output that does not add up.</summary>
internal static class DatabaseSigns
{
    /// <summary>Whether a process of that name was seen; where nobody looked at processes, none was.</summary>
    public static bool Runs(HostSnapshot snapshot, params IReadOnlyList<string> programs) =>
        snapshot.Command("processes") is { Ran: true } said
        && said.Lines.Any(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var program, ..] && programs.Contains(program, StringComparer.Ordinal));

    /// <summary>That there is no configuration where it usually lies; a program that runs all the same has it elsewhere, or in a container.</summary>
    /// <exception cref="UnableException">It runs.</exception>
    public static Seen<T> NoConfiguration<T>(HostSnapshot snapshot, string name, params IReadOnlyList<string> programs)
        where T : class => Runs(snapshot, programs)
            ? throw new UnableException(FailureKind.BadInput, $"有 {string.Join('、', programs)} 的进程，但常见位置没有 {name} 的配置文件：可能装在别处或容器里，须另行核查")
            : Seen<T>.Nothing($"主机上没有 {name} 配置文件");

    public static UnableException Odd(string kind) => new(FailureKind.BadInput, $"数据库脚本的输出不能用：{kind} 的一行不是脚本写出的格式");
}
