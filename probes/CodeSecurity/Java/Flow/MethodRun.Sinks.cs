using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Settings of objects that make calls harmless.</summary>
internal sealed partial class MethodRun
{
    /// <summary>An object that was made here must have had a part set to true.</summary>
    private void Require(CallSite site, int weakness, string part)
    {
        foreach (var number in site.Arguments.Count > 0 ? site.Arguments[0].Objects : [])
        {
            if (ObjectAt(number) is { Input: null } one && !(one.Parts.TryGetValue(part, out var value) && value.Constant is true))
            {
                _book.Tell(new FoundFlow(weakness, Place(site.Span), null));
            }
        }
    }

    /// <summary>Every object it may be called on has what makes it harmless.</summary>
    private bool IsSettled(FlowMethod known, CallSite site)
    {
        var objects = site.Receiver?.Objects ?? [];
        if (objects.Length == 0)
        {
            return known.With is not null;
        }

        bool Holds(int number, string part) => ObjectAt(number) is { } one && one.Parts.TryGetValue(part, out var value) && value.Constant is true;
        if (known.With is { } needed && !Array.Exists(objects, o => Holds(o, needed)))
        {
            return true;
        }

        return known.Unless.Count > 0 && Array.TrueForAll(objects, o => known.Unless.Any(parts => parts.All(p => Holds(o, p))));
    }

    /// <summary>Programs that take commands or programs as arguments.</summary>
    private static readonly HashSet<string> Interpreters = new(StringComparer.OrdinalIgnoreCase)
    {
        "sh", "bash", "dash", "ash", "zsh", "ksh", "csh", "busybox", "cmd", "command", "powershell", "pwsh", "cscript", "wscript", "rundll32", "env", "sudo", "su", "nohup", "xargs", "find", "awk", "sed", "ssh",
        "python", "python2", "python3", "perl", "ruby", "node", "php", "java", "groovy", "tclsh", "expect", "timeout", "nice", "setsid", "time", "docker", "kubectl", "mysql", "psql", "sqlplus",
    };

    /// <summary>Arguments behind which interpreters of commands take one.</summary>
    private static readonly HashSet<string> Orders = new(StringComparer.OrdinalIgnoreCase) { "-c", "/c", "/k", "-lc", "-ic", "-command", "-encodedcommand" };

    private static readonly HashSet<string> Shells = new(StringComparer.OrdinalIgnoreCase) { "sh", "bash", "dash", "ash", "zsh", "ksh", "csh", "cmd", "cmd.exe", "powershell", "powershell.exe", "pwsh" };

    /// <summary>Each argument stands for itself, and the program takes no commands: what only is an argument runs nothing.</summary>
    /// <returns>What the program may come from; null where arguments may be commands.</returns>
    private TaintMark[]? ProgramAlone(CallSite site)
    {
        var isApart = site.Arguments.Count > 1 && site.Name is "new" or "command";
        if ((isApart ? site.Arguments[0] : site.Arguments is [var list, ..] ? FirstOf(list) : null) is not { } program)
        {
            return null;
        }

        if (Said(program.Constant) is { Length: > 0 } named)
        {
            var file = named[(named.LastIndexOfAny(['/', '\\']) + 1)..];
            return !named.Contains(' ', StringComparison.Ordinal) && !Interpreters.Contains(file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? file[..^4] : file) ? TaintMarks.None : null;
        }

        // Which program it is nobody says; the names of interpreters and what they are told give them away.
        return program is { Constant: null, Type: not null } && !NamesInterpreter(site) ? Deep(program) : null;
    }

    private bool NamesInterpreter(CallSite site) => InCode(_method.Syntax) || InCode(_uses.Code) || site.Arguments.Any(a => _look.At(a).Exists(v => Said(v.Constant) is { } text && IsOfInterpreter(text)));

    /// <summary>A list or array that somebody else put together.</summary>
    private bool IsListGiven(CallSite site) => site.Arguments is [{ Type: { } type, Objects: [var only] }] && (type.EndsWith("[]", StringComparison.Ordinal) || _apis.IsBelow(type, "java.util.Collection"))
        && ObjectAt(only)?.Input is not null && !NamesInterpreter(site);

    private bool InCode(JavaNode code)
    {
        if (!_interpreting.TryGetValue(code, out var known))
        {
            _interpreting[code] = known = JavaWalk.All(code).OfType<JavaLiteral>().Any(l => ConstantFolding.Literal(l) is string text && IsOfInterpreter(text));
        }

        return known;
    }

    private static bool IsOfInterpreter(string text) => Orders.Contains(text) || Shells.Contains(text[(text.LastIndexOfAny(['/', '\\']) + 1)..]);

    private readonly Dictionary<JavaNode, bool> _interpreting = new(ReferenceEqualityComparer.Instance);

    /// <summary>What is read or written is no path.</summary>
    private bool IsStream(int weakness, FlowValue? value) =>
        (_apis.Tails >> weakness & 1) != 0 && value?.Type is { } type && (_apis.IsBelow(type, "java.io.InputStream") || _apis.IsBelow(type, "java.io.OutputStream") || _apis.IsBelow(type, "java.io.Reader"));

    /// <summary>Remembers in an object what a call settles for it.</summary>
    private void Settle(ApiMethod api, CallSite site, FlowValue? target)
    {
        // Names are often handed over in an array.
        var told = api.Notes.Count == 0 ? null : Said(At(site, 0).Constant ?? FirstOf(At(site, 0))?.Constant);
        foreach (var note in api.Notes)
        {
            var isMeant = note.First is null || (told is not null && note.First.IsMatch(told));
            if (target is null || !isMeant)
            {
                continue;
            }

            var holds = (note.Second is null || (Said(At(site, 1).Constant) is { } second && note.Second.IsMatch(second)))
                && (note.Type is null || site.Arguments.Any(a => a.Type is { } type && IsNarrower(type, note.Type)));
            Write(target, note.Part, FlowValue.Of(holds));
        }
    }

    private static string? Said(object? constant) => constant switch
    {
        string words => words,
        char sign => sign.ToString(),
        DeployedText deployed => deployed.Value,
        bool truth => truth ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
