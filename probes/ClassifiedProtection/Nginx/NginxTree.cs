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

    /// <summary>Those of this block alone.</summary>
    public IEnumerable<NginxDirective> Own(string name) => Inside.Where(d => d.Name == name);

    /// <summary>Itself and the blocks around it, inmost first.</summary>
    public IEnumerable<NginxDirective> Around() => Parent is null ? [this] : Parent.Around().Prepend(this);

    /// <summary>What holds here: of this block, else of the blocks around it.</summary>
    public NginxDirective? Effective(string name) => Inside.Find(d => d.Name == name) ?? Parent?.Effective(name);
}

/// <summary>nginx.conf with what it includes, as a tree.</summary>
internal sealed class NginxTree
{
    private readonly IncludeBudget _budget = new(12, files: 1500);
    private const int Cap = 50_000;
    private const string Unclosed = "\0unclosed";
    private readonly HostSnapshot _snapshot;
    private readonly string _folder;
    private int _count;

    private NginxTree(HostSnapshot snapshot, string folder)
    {
        _snapshot = snapshot;
        _folder = folder;
    }

    /// <param name="snapshot">The host.</param>
    /// <param name="main">Full path.</param>
    /// <param name="started">Directives it is started with.</param>
    /// <exception cref="UnableException">A file cannot be read, or braces and quotes do not close (配置无效).</exception>
    public static NginxDirective Read(HostSnapshot snapshot, string main, IReadOnlyList<ConfigLine> started)
    {
        var top = new NginxDirective("main", [], new ConfigLine(main, 1, ""), null);
        var tree = new NginxTree(snapshot, main[..main.LastIndexOf('/')]);
        tree.Take("-g", started, top, 0);
        tree.File(main, top, 0);
        return top;
    }

    private void File(string path, NginxDirective into, int depth)
    {
        Take(path, _budget.Lines(_snapshot, path, depth) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：引用的 {path} 不存在"), into, depth);
    }

    private void Take(string path, IReadOnlyList<ConfigLine> lines, NginxDirective into, int depth)
    {
        var at = into;
        var (open, foreign) = (0, 0);
        var words = new List<(string Text, ConfigLine Line)>();
        foreach (var token in Tokens(lines))
        {
            // A program within the braces has a grammar of its own.
            if (foreign > 0 || (token.Text == "{" && words is [{ Text: var name }] && name.EndsWith("_by_lua_block", StringComparison.Ordinal)))
            {
                foreign += token.Text == "{" ? 1 : token.Text == "}" ? -1 : 0;
                if (foreign == 0)
                {
                    Add(words, at);
                    words.Clear();
                }

                continue;
            }

            switch (token.Text)
            {
                case Unclosed:
                    throw new UnableException(FailureKind.BadInput, $"{token.Line.Place} 的引号在本行没有闭合，跨行的文字不能判读");
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

        if (open > 0 || foreign > 0 || words.Count > 0)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 的大括号或分号没有闭合");
        }
    }

    private void Close(List<(string Text, ConfigLine Line)> words, NginxDirective at, int depth)
    {
        if (words[0].Text == "include" && words.Count != 2)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{words[0].Line.Place} 的 include 之后应当只有一个文件名");
        }

        if (words[0].Text != "include")
        {
            Add(words, at);
            return;
        }

        var full = words[1].Text.StartsWith('/') ? words[1].Text : $"{_folder}/{words[1].Text}";
        foreach (var file in GlobPattern.HasWildcard(full) ? _snapshot.Included(full) : [full])
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

    private static IEnumerable<(string Text, ConfigLine Line)> Tokens(IReadOnlyList<ConfigLine> lines) => lines.SelectMany(l => Words(l.Text).Select(t => (t, l)));

    /// <summary>Braces inside quotes and behind a dollar sign are text; quotes are closed within their line, as secrets may have been cut out of it.</summary>
    private static List<string> Words(string text)
    {
        var (words, word) = (new List<string>(), new NginxWord());
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (word.Length == 0 && c == '#')
            {
                break;
            }

            if (word.Length == 0 && c is ('"' or '\''))
            {
                words.Add(Quoted(text, ref i));
            }
            else if (c == '\\' && i + 1 < text.Length)
            {
                // It stays, and what follows is no sign of the grammar.
                word.Append(c);
                word.Append(text[++i]);
            }
            else if (c is ' ' or '\t' or ';' || (c is '{' or '}' && !word.Takes(c)))
            {
                Flush(word, words);
                if (c is not (' ' or '\t'))
                {
                    words.Add(c.ToString());
                }
            }
            else
            {
                word.Append(c);
            }
        }

        Flush(word, words);
        return words;
    }

    private static void Flush(NginxWord word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.Take());
        }
    }

    /// <summary>A quoted word that looks like a sign of the grammar is none: it gets a blank in front.</summary>
    private static string Quoted(string text, ref int i)
    {
        var word = new StringBuilder();
        var (start, quote) = (i, text[i++]);
        for (; i < text.Length && text[i] != quote; i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            word.Append(text[i]);
        }

        // Where a secret was cut out the end of the quotes may have gone with it.
        if (i >= text.Length && !text[start..].Contains("***", StringComparison.Ordinal))
        {
            return Unclosed;
        }

        return word.ToString() is ";" or "{" or "}" ? $" {word}" : word.ToString();
    }
}
