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

    public static UnableException Odd(string kind) => new(FailureKind.BadInput, $"数据库脚本的输出不能用：{kind} 的一行不是脚本写出的格式");
}
