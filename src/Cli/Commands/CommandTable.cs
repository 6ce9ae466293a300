using System.CommandLine;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The commands by name. A command line that begins with one of them needs no other, and building all of them is a quarter of a short command's time.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<(string Name, Func<Command> Create)> All { get; } =
    [
        ("run", RunCommand.Create),
        ("ci", CiCommand.Create),
        ("demo", DemoCommand.Create),
        ("probe", ProbeCommand.Create),
        ("crypto", ChallengeCommand.Create),
        ("answers", AnswersCommand.Create),
        ("collect", CollectCommand.Create),
        ("tlcp-proxy", TlcpProxyCommand.Create),
        ("archive", ArchiveCommand.Create),
        ("verify", VerifyCommand.Create),
        ("judge", JudgeCommand.Create),
        ("report", ReportCommand.Create),
        ("diff", DiffCommand.Create),
        ("serve", ServeCommand.Create),
        ("rules", RulesCommand.Create),
        ("profiles", ProfilesCommand.Create),
        ("explain", ExplainCommand.Create),
        ("init", InitCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("schema", SchemaCommand.Create),
    ];

    /// <returns>The one the first word names, or all of them, for help and for what is mistyped.</returns>
    public static IEnumerable<Command> For(string[] args)
    {
        var named = All.Where(c => args.Length > 0 && c.Name == args[0]).ToList();
        return (named.Count == 0 ? All : named).Select(c => c.Create());
    }
}
