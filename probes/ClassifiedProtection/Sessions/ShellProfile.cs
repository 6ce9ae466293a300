using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What login shells have of TMOUT and umask after /etc/profile and what it reads, as far as that is sure.</summary>
internal sealed partial class ShellProfile
{
    private const string Main = "/etc/profile";
    private const string Parts = "/etc/profile.d/*.sh";
    private static readonly string[] ForBash = ["/etc/bash.bashrc", "/etc/bashrc"];
    private static readonly string[] OtherShells = ["csh", "tcsh", "zsh", "fish", "pwsh", "nu", "elvish", "xonsh", "rc", "es"];
    private static readonly string[] Declaring = ["export", "readonly", "declare", "typeset"];
    private static readonly string[] Reading = ["[", "[[", "test", "echo", "printf", ":"];
    private readonly HostSnapshot _snapshot;
    private readonly List<Sighting> _doubts = [];
    private readonly List<(string? Octal, ConfigLine Line)> _umasks = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<ConfigLine> _lines = [];
    private NumberSetting _timeout = NumberSetting.ByDefault(null);
    private bool _isComputed;
    private bool _isReadonly;
    private bool _mayStayUnset = true;

    private ShellProfile(HostSnapshot snapshot) => _snapshot = snapshot;

    public Fact<NumberSetting> Timeout => _doubts.Count > 0 || _isComputed ? default(Fact<NumberSetting>) : _timeout;

    public Fact<bool> TimeoutIsReadonly => _doubts.Count > 0 ? default(Fact<bool>) : _isReadonly;

    /// <summary>Why nothing sure can be said of TMOUT.</summary>
    public IReadOnlyList<Sighting> Doubts => _doubts;

    public IReadOnlyList<ConfigLine> Lines => _lines;

    /// <summary>What umask may be, line by line; a null value is one nobody can say.</summary>
    public IReadOnlyList<(string? Octal, ConfigLine Line)> Umasks => _umasks;

    /// <summary>No line is sure to set it.</summary>
    public bool MayStayUnset => _mayStayUnset;

    /// <summary>Of somebody whose shell reads other files; null where there is nobody.</summary>
    public ConfigLine? Others { get; private set; }

    public static ShellProfile Of(HostSnapshot snapshot)
    {
        var profile = new ShellProfile(snapshot);
        profile.File(Main, isSure: true);
        foreach (var rest in snapshot.Glob(Parts).Concat(ForBash).Where(p => !profile._read.Contains(p)))
        {
            profile.File(rest, isSure: false);
        }

        if (OtherShell(snapshot) is { } other)
        {
            profile.Others = other;
            if (profile._timeout.Value is not null)
            {
                profile._doubts.Add(new Sighting("这个账户的登录 shell 不读 /etc/profile", other.Place));
            }
        }

        return profile;
    }

    private static ConfigLine? OtherShell(HostSnapshot snapshot) => snapshot.Find("/etc/passwd").State != FileState.Read ? null
        : snapshot.Lines("/etc/passwd")!.FirstOrDefault(l => l.Text.Split(':') is { Length: >= 7 } fields && OtherShells.Any(o => o == fields[6].Trim()[(fields[6].Trim().LastIndexOf('/') + 1)..]));

    private void File(string path, bool isSure)
    {
        if (!_read.Add(path) || _snapshot.Find(path).State == FileState.Directory)
        {
            return;
        }

        var lines = _snapshot.Lines(path) ?? [];
        _lines.AddRange(lines.Where(l => l.Text.Contains("TMOUT", StringComparison.Ordinal) || l.Text.Contains("umask", StringComparison.Ordinal)));
        foreach (var command in ShellText.Of(lines))
        {
            Run(command, isSure && command.IsSure, isSure);
        }
    }

    private void Run(ShellCommand command, bool isSure, bool isFileSure)
    {
        switch (command.Words)
        {
            case ["for", _, "in", Parts, ..]:
                _snapshot.Glob(Parts).ToList().ForEach(p => File(p, isFileSure && command.Around.All(a => a.Length == 0 || a == "[ -d /etc/profile.d ]")));
                break;
            case ["." or "source", var file, ..]:
                Source(file, command, isFileSure);
                break;
            case ["umask", .. var mask] when mask.Length > 0 && mask[^1] is not "-S":
                Umask(mask[^1], command.Line, isSure);
                break;
            case ["unset", .. var names] when names.Contains("TMOUT", StringComparer.Ordinal):
                Set(null, command, isSure);
                break;
            case var words when words.Any(w => w.Contains("TMOUT", StringComparison.Ordinal)):
                Assign(words, command, isSure);
                break;
        }
    }

    /// <summary>What a file brings that was not read.</summary>
    private void Source(string file, ShellCommand command, bool isFileSure)
    {
        if (ForBash.Any(b => b == file))
        {
            File(file, isFileSure);
        }
        else if (!_isReadonly && !Packaged().IsMatch(file) && (!file.StartsWith('$') || _timeout.Value is not null) && !command.Around.Any(a => a.Contains(Parts, StringComparison.Ordinal)))
        {
            _doubts.Add(new Sighting("这里引用的文件没有读，可能另设 TMOUT", command.Line.Place));
        }
    }

    private void Assign(string[] words, ShellCommand command, bool isSure)
    {
        var declares = Declaring.Any(d => d == words[0]);
        var rest = declares ? words.Skip(1).ToList() : [.. words];
        var options = declares ? rest.TakeWhile(w => w.StartsWith('-') || w.StartsWith('+')).ToList() : [];
        var named = rest.Skip(options.Count).ToList();
        if (Reading.Any(r => r == words[0]))
        {
            return;
        }

        if ((!declares && !named.TrueForAll(w => Assignment().IsMatch(w))) || options.Exists(o => o.StartsWith('+') || o.Contains('n', StringComparison.Ordinal) || o.Contains('f', StringComparison.Ordinal) || o.Contains('i', StringComparison.Ordinal)))
        {
            Doubt("TMOUT 出现在读不懂的命令里", command.Line);
            return;
        }

        foreach (var word in named.Where(w => w == "TMOUT" || w.StartsWith("TMOUT=", StringComparison.Ordinal) || w.StartsWith("TMOUT+", StringComparison.Ordinal)))
        {
            if (word.Length > 5)
            {
                Set(word[6..], command, isSure);
            }

            if (words[0] == "readonly" || options.Exists(o => o.Contains('r', StringComparison.Ordinal)))
            {
                Lock(command.Line, isSure);
            }
        }
    }

    private void Set(string? value, ShellCommand command, bool isSure)
    {
        if (_isReadonly)
        {
            return;
        }

        if (!isSure)
        {
            Doubt("TMOUT 在分支、循环、函数或引用关系不明的文件里设置", command.Line);
            return;
        }

        _isComputed = value is not null && !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        _timeout = NumberSetting.At(command.Line, _isComputed || value is null ? null : long.Parse(value, CultureInfo.InvariantCulture));
    }

    private void Lock(ConfigLine line, bool isSure)
    {
        if (isSure)
        {
            _isReadonly = true;
        }
        else if (!_isReadonly)
        {
            Doubt("TMOUT 只在某些情况下设为只读", line);
        }
    }

    private void Doubt(string why, ConfigLine line)
    {
        if (!_isReadonly)
        {
            _doubts.Add(new Sighting(why, line.Place));
        }
    }

    private void Umask(string mask, ConfigLine line, bool isSure)
    {
        if (isSure)
        {
            _umasks.Clear();
            _mayStayUnset = false;
        }

        _umasks.Add((Octal(mask), line));
    }

    /// <summary>027, 0027, or u=rwx,g=rx,o=; null where it is neither.</summary>
    internal static string? Octal(string text)
    {
        if (text.Length is > 0 and <= 4 && text.All(c => c is >= '0' and <= '7'))
        {
            return text.PadLeft(4, '0');
        }

        var denied = new[] { -1, -1, -1 };
        foreach (var part in text.Split(','))
        {
            if (Symbolic().Match(part) is not { Success: true } match)
            {
                return null;
            }

            var bits = 7 - match.Groups["bits"].Value.Distinct().Sum(c => c switch { 'r' => 4, 'w' => 2, _ => 1 });
            foreach (var who in match.Groups["who"].Value is "" or "a" ? "ugo" : match.Groups["who"].Value.Replace("a", "ugo", StringComparison.Ordinal))
            {
                denied["ugo".IndexOf(who, StringComparison.Ordinal)] = bits;
            }
        }

        return denied.Contains(-1) ? null : $"0{denied[0]}{denied[1]}{denied[2]}";
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\+?=", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^/(usr/share|usr/lib|usr/lib64|etc/profile\.d|etc/sysconfig|etc/default)/[A-Za-z0-9_./*+-]+$|^/etc/(locale\.conf|vconsole\.conf|bash_completion)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Packaged();

    [GeneratedRegex("^(?<who>[ugoa]*)=(?<bits>[rwx]{0,3})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Symbolic();
}
