using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What is done to a message.</summary>
internal enum RsyslogActionKind
{
    /// <summary>It is kept in a file.</summary>
    File,

    /// <summary>It goes to a host.</summary>
    Remote,

    /// <summary>Nothing behind sees it.</summary>
    Stop,

    /// <summary>Shown, thrown away or handed to a program: neither kept nor lost for those behind.</summary>
    Nothing,

    /// <summary>Nobody knows.</summary>
    Unknown,
}

/// <summary>One action, of either spelling.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Target">File or host.</param>
/// <param name="Template">Null where the standard one is used.</param>
internal sealed partial record RsyslogAction(RsyslogActionKind Kind, string Target, string? Template)
{
    private const int Limit = 1000;

    public static RsyslogAction Of(string text)
    {
        if (text is "stop" or "~" or "discard" || text.StartsWith("stop ", StringComparison.Ordinal))
        {
            return new(RsyslogActionKind.Stop, "", null);
        }

        if (text.StartsWith("action(", StringComparison.OrdinalIgnoreCase))
        {
            return Rainer(text);
        }

        var old = Old().Match(text);
        return old.Success ? Plain(old) : new(RsyslogActionKind.Unknown, text, null);
    }

    private static RsyslogAction Plain(Match old)
    {
        var template = old.Groups["template"].Success ? old.Groups["template"].Value : null;
        return old.Groups["file"].Success ? Kept(old.Groups["file"].Value, template)
            : old.Groups["dynamic"].Success ? new(RsyslogActionKind.File, "?" + old.Groups["dynamic"].Value, template)
            : old.Groups["host"].Success ? new(RsyslogActionKind.Remote, old.Groups["host"].Value, template)
            : new(RsyslogActionKind.Nothing, "", null);
    }

    private static RsyslogAction Rainer(string text)
    {
        var named = Parameters().Matches(text).GroupBy(m => m.Groups["name"].Value.ToLowerInvariant(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Groups["value"].Value, StringComparer.Ordinal);
        var template = named.GetValueOrDefault("template");
        if (Enabled(text) is not true)
        {
            return new(Enabled(text) is null ? RsyslogActionKind.Unknown : RsyslogActionKind.Nothing, text, null);
        }

        if (named.Keys.Any(k => k.StartsWith("action.execonly", StringComparison.Ordinal)))
        {
            return new(RsyslogActionKind.Unknown, text, null);
        }

        return named.GetValueOrDefault("type")?.ToLowerInvariant() switch
        {
            "omfile" or "builtin:omfile" when named.TryGetValue("file", out var file) => Kept(file, template),
            "omfile" or "builtin:omfile" when named.TryGetValue("dynafile", out var dynamic) => new(RsyslogActionKind.File, "?" + dynamic, template),
            "omfwd" or "builtin:omfwd" or "omrelp" when named.TryGetValue("target", out var host) => new(RsyslogActionKind.Remote, host, template),
            "omusrmsg" or "omdiscard" or "omuxsock" or "omjournal" or "omstdout" => new(RsyslogActionKind.Nothing, "", null),
            _ => new(RsyslogActionKind.Unknown, text, null),
        };
    }

    /// <summary>What config.enabled says of an object; null where that is not plain.</summary>
    public static bool? Enabled(string text) => !text.Contains("config.enabled", StringComparison.OrdinalIgnoreCase) ? true
        : Parameters().Matches(text).LastOrDefault(m => m.Groups["name"].Value.Equals("config.enabled", StringComparison.OrdinalIgnoreCase))?.Groups["value"].Value.ToLowerInvariant() switch { "on" => true, "off" => false, _ => null };

    /// <summary>A device keeps nothing, nor does what is emptied at every start.</summary>
    private static RsyslogAction Kept(string file, string? template) =>
        new(Devices().IsMatch(file) || file.Contains("/../", StringComparison.Ordinal) ? RsyslogActionKind.Nothing : RsyslogActionKind.File, file, template);

    [GeneratedRegex(@"^(-?(?<file>/[^\s;]+)|-?\?(?<dynamic>[^\s;]+)|@{1,2}(\([^)]*\))?(?<host>\[[^\]]+\]|[^\s:;\[]+)(:[0-9a-z]+)?|:omusrmsg:\S*|[|^]\S.*?|\*|-|[a-z_][a-z0-9_,]*)(;(?<template>[A-Za-z0-9_.]+))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Old();

    [GeneratedRegex(@"(?<name>[a-zA-Z0-9_.]+)\s*=\s*[""'](?<value>[^""']*)[""']", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"^/+(\.?/+)*(dev|proc|sys|run|var/run|tmp)/", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Devices();
}
