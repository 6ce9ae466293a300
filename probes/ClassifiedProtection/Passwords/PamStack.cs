using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One line of a PAM service, where includes put it.</summary>
/// <param name="Type">auth, account, password, session.</param>
/// <param name="Control">Word or bracketed list.</param>
/// <param name="Module">File name without folder and <c>.so</c>.</param>
/// <param name="Arguments">In their order.</param>
/// <param name="IsOptional">Written with a hyphen: a missing module is passed over in silence.</param>
/// <param name="Line">Where it stands.</param>
internal sealed record PamEntry(string Type, string Control, string Module, IReadOnlyList<string> Arguments, bool IsOptional, ConfigLine Line)
{
    /// <summary>The value of <c>name=value</c>, an empty text for a bare <c>name</c>, null where neither is there. The last one counts.</summary>
    public string? Argument(string name) => Arguments.Where(a => a == name || a.StartsWith(name + "=", StringComparison.Ordinal)).Select(a => a.Length > name.Length ? a[(name.Length + 1)..] : "").LastOrDefault();
}

/// <summary>Services of /etc/pam.d with <c>include</c>, <c>substack</c> and <c>@include</c> resolved (pam.conf(5)).</summary>
internal static class PamStack
{
    private const string Folder = "/etc/pam.d";
    private const int Depth = 16;
    private const int EntryCap = 2000;

    /// <returns>Null where the service has no file.</returns>
    /// <exception cref="UnableException">A file cannot be read, or an include leads nowhere: such a service fails whole.</exception>
    public static IReadOnlyList<PamEntry>? Of(HostSnapshot snapshot, string service)
    {
        if (snapshot.Find($"{Folder}/{service}").State == FileState.Missing)
        {
            return null;
        }

        var entries = new List<PamEntry>();
        Read(snapshot, service, null, 0, entries);
        return entries;
    }

    private static void Read(HostSnapshot snapshot, string file, string? onlyType, int depth, List<PamEntry> into)
    {
        var path = file.StartsWith('/') ? file : $"{Folder}/{file}";
        if (depth > Depth || into.Count > EntryCap)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 的 include 过深或循环");
        }

        foreach (var line in Joined(snapshot.Lines(path) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：PAM 引用的 {path} 不存在")))
        {
            var words = Words(line.Text);
            if (words is ["@include", var all, ..])
            {
                Read(snapshot, all, onlyType, depth + 1, into);
            }
            else if (words.Count >= 3)
            {
                Take(snapshot, line, words, onlyType, depth, into);
            }
        }
    }

    private static void Take(HostSnapshot snapshot, ConfigLine line, List<string> words, string? onlyType, int depth, List<PamEntry> into)
    {
        var type = words[0].TrimStart('-').ToLowerInvariant();
        if (onlyType is not null && type != onlyType)
        {
            return;
        }

        if (words[1] is "include" or "substack")
        {
            Read(snapshot, words[2], type, depth + 1, into);
            return;
        }

        var module = words[2][(words[2].LastIndexOf('/') + 1)..];
        into.Add(new PamEntry(type, words[1], module.EndsWith(".so", StringComparison.Ordinal) ? module[..^3] : module, words[3..], words[0].StartsWith('-'), line));
    }

    private static IEnumerable<ConfigLine> Joined(IReadOnlyList<ConfigLine> lines)
    {
        ConfigLine? open = null;
        foreach (var line in lines)
        {
            var whole = open is null ? line : open with { Text = $"{open.Text} {line.Text}" };
            open = whole.Text.EndsWith('\\') ? whole with { Text = whole.Text[..^1] } : null;
            if (open is null)
            {
                yield return whole;
            }
        }
    }

    /// <summary>A bracketed text is one word; # begins a comment.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ' ' or '\t')
            {
                continue;
            }

            if (text[i] == '#')
            {
                break;
            }

            var end = text[i] == '[' ? text.IndexOf(']', i) : text.AsSpan(i).IndexOfAny(" \t") is >= 0 and var next ? i + next - 1 : text.Length - 1;
            end = end < 0 ? text.Length - 1 : end;
            words.Add(text[i..(end + 1)]);
            i = end;
        }

        return words;
    }
}
