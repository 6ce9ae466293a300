using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One directive of nginx with those inside its braces.</summary>
internal sealed record NginxDirective(string Name, IReadOnlyList<string> Arguments, ConfigLine Line, NginxDirective? Parent)
{
    public List<NginxDirective> Inside { get; } = [];

    /// <summary>Itself and everything below.</summary>
    public IEnumerable<NginxDirective> All() => Inside.SelectMany(d => d.All()).Prepend(this);

    /// <summary>What holds here: of this block, else of the blocks around it.</summary>
    public NginxDirective? Effective(string name) => Inside.Find(d => d.Name == name) ?? Parent?.Effective(name);
}

/// <summary>nginx.conf with what it includes, as a tree.</summary>
internal sealed class NginxTree
{
    private const int Depth = 12;
    private const int Cap = 50_000;
    private readonly HostSnapshot _snapshot;
    private readonly string _folder;
    private int _count;

    private NginxTree(HostSnapshot snapshot, string folder)
    {
        _snapshot = snapshot;
        _folder = folder;
    }

    /// <exception cref="UnableException">A file cannot be read, or braces and quotes do not close (配置无效).</exception>
    public static NginxDirective Read(HostSnapshot snapshot, string main)
    {
        var top = new NginxDirective("main", [], new ConfigLine(main, 1, ""), null);
        new NginxTree(snapshot, main[..main.LastIndexOf('/')]).File(main, top, 0);
        return top;
    }

    private void File(string path, NginxDirective into, int depth)
    {
        if (depth > Depth)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 的 include 超过 {Depth} 层");
        }

        var at = into;
        var open = 0;
        var words = new List<(string Text, ConfigLine Line)>();
        foreach (var token in Tokens(_snapshot.Lines(path) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：引用的 {path} 不存在")))
        {
            switch (token.Text)
            {
                case ";" when words.Count > 0:
                    Close(words, at, depth);
                    words.Clear();
                    break;
                case "{" when words.Count > 0 && open < 64:
                    at = Add(words, at);
                    words.Clear();
                    open++;
                    break;
                case "}" when words.Count == 0 && open > 0:
                    at = at.Parent!;
                    open--;
                    break;
                case ";" or "{" or "}":
                    throw new UnableException(FailureKind.BadInput, $"配置无效：{token.Line.Place} 多出的 {token.Text}");
                default:
                    words.Add(token);
                    break;
            }
        }

        if (open > 0 || words.Count > 0)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 的大括号或分号没有闭合");
        }
    }

    private void Close(List<(string Text, ConfigLine Line)> words, NginxDirective at, int depth)
    {
        if (words[0].Text != "include" || words.Count != 2)
        {
            Add(words, at);
            return;
        }

        var full = words[1].Text.StartsWith('/') ? words[1].Text : $"{_folder}/{words[1].Text}";
        foreach (var file in GlobPattern.HasWildcard(full) ? _snapshot.Glob(full) : [full])
        {
            File(file, at, depth + 1);
        }
    }

    private NginxDirective Add(List<(string Text, ConfigLine Line)> words, NginxDirective at)
    {
        if (++_count > Cap)
        {
            throw new UnableException(FailureKind.BadInput, $"nginx 配置超过 {Cap} 条");
        }

        var directive = new NginxDirective(words[0].Text, [.. words.Skip(1).Select(w => w.Text)], words[0].Line, at);
        at.Inside.Add(directive);
        return directive;
    }

    /// <summary>Braces inside quotes and behind a dollar sign are text; quotes are closed within their line, as secrets may have been cut out of it.</summary>
    private static IEnumerable<(string Text, ConfigLine Line)> Tokens(IReadOnlyList<ConfigLine> lines)
    {
        foreach (var line in lines)
        {
            var word = new StringBuilder();
            var (quote, started) = ('\0', false);
            for (var i = 0; i < line.Text.Length; i++)
            {
                var c = line.Text[i];
                if (quote != '\0')
                {
                    if (c == '\\' && i + 1 < line.Text.Length)
                    {
                        word.Append(line.Text[++i]);
                    }
                    else if (c == quote)
                    {
                        quote = '\0';
                    }
                    else
                    {
                        word.Append(c);
                    }

                    continue;
                }

                if (!started && c is ('"' or '\''))
                {
                    (quote, started) = (c, true);
                }
                else if (!started && c == '#')
                {
                    break;
                }
                else if (c is ' ' or '\t' or ';' or '}' || (c == '{' && (word.Length == 0 || word[^1] != '$')))
                {
                    if (c == '}' && word.ToString().Contains("${", StringComparison.Ordinal) && !word.ToString()[word.ToString().LastIndexOf("${", StringComparison.Ordinal)..].Contains('}', StringComparison.Ordinal))
                    {
                        word.Append(c);
                        continue;
                    }

                    if (started)
                    {
                        yield return (word.ToString(), line);
                        word.Clear();
                        started = false;
                    }

                    if (c is not (' ' or '\t'))
                    {
                        yield return (c.ToString(), line);
                    }
                }
                else
                {
                    word.Append(c);
                    started = true;
                }
            }

            if (started)
            {
                yield return (word.ToString(), line);
            }
        }
    }
}
