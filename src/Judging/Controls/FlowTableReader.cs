using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads what flows of foreign input can be, and what methods of libraries do with values.</summary>
/// <param name="faults">Told of mistakes.</param>
/// <param name="words">Takes the weaknesses the table declares and names, to be checked over all tables; null where nobody asks.</param>
/// <param name="isProven">As of <see cref="CodePatternReader"/>.</param>
public sealed class FlowTableReader(FaultList faults, FlowWords? words = null, bool isProven = false)
{
    private const int MostTypes = 5_000;
    private const int ExampleCap = 4_000;
    private const int LargestCwe = 9999;
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private static readonly (string, WeaknessClass)[] Classes =
    [
        ("injection", WeaknessClass.Injection), ("deserialization", WeaknessClass.Deserialization), ("file", WeaknessClass.File), ("credential", WeaknessClass.Credential),
        ("crypto", WeaknessClass.Crypto), ("transport", WeaknessClass.Transport), ("web", WeaknessClass.Web), ("other", WeaknessClass.Other),
    ];

    /// <summary>Behaviours the engine knows.</summary>
    private static readonly HashSet<string> Acts = new(StringComparer.Ordinal)
    {
        "list-new", "list-of", "list-add", "list-remove", "map-new", "copy", "get", "set", "set-any", "add-all", "element", "element-or", "self", "first", "made", "made-flat", "collect", "class-of",
        "builder-new", "builder-append", "builder-change", "builder-text", "property", "class-named", "class-make", "class-method", "method-invoke", "callback",
        "letters", "pattern", "judged", "to-page", "url-given", "uri-given", "behind-condition", "assume", "assume-not", "checked", "below-first", "ends", "present",
        "statement", "view-new", "dispatcher", "dispatch", "set-self", "show", "part", "context", "bound", "address", "deciphered", "by-name", "sent-error",
    };

    /// <summary>Those behind which the name of a part stands.</summary>
    private static readonly string[] ActsOnParts = ["part-set", "part-note", "part-required", "calls", "named"];

    internal static readonly (string, FlowTrust)[] Trusts = [("remote", FlowTrust.Remote), ("stored", FlowTrust.Stored), ("local", FlowTrust.Local)];

    private static readonly (string, Severity)[] Severities = [("critical", Severity.Critical), ("major", Severity.Major), ("minor", Severity.Minor), ("info", Severity.Info)];

    /// <returns>Null where the file has faults.</returns>
    public FlowTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "flows", shownAs, bytes);
        var weaknesses = head.Each("weaknesses", Weakness);
        var types = head.Each("types", Type);
        var meanings = head.Each("meanings", Meaning);
        var sources = new CodeEntryReader(head, words);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, types.Select(t => t.Name), "类型");
        RuleDataReader.RefuseDoubles(head, meanings.Select(m => m.Weakness), "含义");
        if (types.Count > MostTypes)
        {
            faults.Add(head.At, $"类型多于 {MostTypes} 个", $"至多 {MostTypes} 个");
        }

        return faults.Faults.Count > before ? null : new FlowTable
        {
            File = file!, Weaknesses = weaknesses, Types = types, Entries = sources.Entries, Answers = sources.Answers, OwnTypes = sources.OwnTypes, OwnAnnotations = sources.OwnAnnotations, Inputs = sources.Inputs, Meanings = meanings,
        };
    }

    private FlowMeaning? Meaning(MappingReader reader)
    {
        var (weakness, says, limits) = (reader.Identifier("weakness", required: true, "weakness: sql"), reader.Text("says", required: true, cap: 400), reader.Text("limits", cap: 400));
        if (weakness is null || says is null)
        {
            return null;
        }

        words?.Use([weakness], reader.PlaceOf("weakness"));
        return new FlowMeaning(weakness, says, limits);
    }

    private FlowWeakness? Weakness(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: sql");
        var rule = reader.Text("rule", required: true, "rule: JT-SQL", cap: 40);
        var cwe = reader.Integer("cwe", 1, LargestCwe, required: true);
        var title = reader.Text("title", required: true, cap: 100);
        var kind = reader.Choice("class", Classes, required: true);
        var severity = reader.Choice("severity", Severities, required: true);
        var remedy = reader.Text("remedy", required: true, cap: 400);
        var (from, sure) = (reader.Choice("from", Trusts) ?? FlowTrust.Stored, reader.Choice("sure", Trusts) ?? FlowTrust.Stored);
        var (bad, good) = (Examples(reader, "bad"), Examples(reader, "good"));
        var rides = Named(reader, "rides") is [var ridden, ..] ? ridden : null;
        var (isClosed, oncePerFile, checkedBy) = ((reader.Flag("closed") ?? false) || rides is not null, reader.Flag("oncePerFile") ?? false, Expression(reader, "checkedBy"));
        var where = (Words(reader, "meansWhere"), reader.Text("meansNot")) is ({ Length: > 0 } meant, var not) ? new NameWords(meant, [.. (not ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]) : null;
        var (segments, addresses, lines, stored, elsewhere) = (reader.Text("ofSegments", cap: 200), reader.Text("ofAddresses", cap: 200), reader.Text("ofLines", cap: 200), reader.Text("ofStored", cap: 200), reader.Text("elsewhere", cap: 200));
        var (joins, unsure, doubts, spoiltBy) = (reader.Flag("joins") ?? false, reader.Flag("unsure") ?? false, FlowDoubtReader.Doubts(reader), Expression(reader, "spoiltBy"));
        if (id is not null && rule is not null)
        {
            words?.Declare(id, rule, reader.At);
        }

        return id is null || rule is null || cwe is null || title is null || kind is null || severity is null || remedy is null
            ? null
            : new FlowWeakness(id, rule, cwe.Value, title, kind.Value, severity.Value, remedy, bad, good, from, sure) { Rides = rides, IsClosed = isClosed, CheckedBy = checkedBy, SpoiltBy = spoiltBy, OncePerFile = oncePerFile, Joins = joins, IsUnsure = unsure, OfSegments = segments, OfAddresses = addresses, OfLines = lines, OfStored = stored, Elsewhere = elsewhere, MeansWhere = where, Doubts = doubts };
    }

    internal static List<string> Examples(MappingReader reader, string key)
    {
        var found = new List<string>();
        foreach (var item in reader.Items(key, required: true, $"{key}: [class A {{ … }}]"))
        {
            if (item is YamlScalar { Text: { Length: > 0 and <= ExampleCap } text })
            {
                found.Add(text);
            }
            else
            {
                reader.Faults.Add(item.At, "样例不是文字或太长", $"至多 {ExampleCap} 字", $"{key}: [class A {{ }}]");
            }
        }

        return found;
    }

    private FlowType? Type(MappingReader reader)
    {
        var name = reader.Text("name", required: true, "name: java.sql.Statement", cap: 200);
        var above = Words(reader, "above");
        var inert = reader.Flag("inert") ?? false;
        var methods = reader.Each("methods", Method);
        var constants = Constants(reader);
        return name is null ? null : new FlowType(name, above, inert, methods) { Constants = constants };
    }

    /// <summary><c>NAME=value</c>, by spaces; a value has none in it.</summary>
    private static Dictionary<string, string> Constants(MappingReader reader)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in Words(reader, "constants"))
        {
            var sign = word.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || !found.TryAdd(word[..sign], word[(sign + 1)..]))
            {
                reader.Faults.Add(reader.PlaceOf("constants"), "constants 不对", "名称=值，用空格分开，名称不重复", "constants: TRUE=true FALSE=false");
            }
        }

        return found;
    }

    private FlowNote? Note(MappingReader reader)
    {
        var part = reader.Text("part", required: true, "part: safe", cap: 40);
        var (first, second, type) = (Expression(reader, "first"), Expression(reader, "second"), reader.Text("type", cap: 200));
        if (part is not null && first is null && second is null && type is null)
        {
            reader.Faults.Add(reader.At, "没有写参数要满足什么", "first、second（表达式）或 type（类型全名）", "first: disallow-doctype-decl$");
        }

        return part is null ? null : new FlowNote(part, first, second, type);
    }

    /// <summary>Alternatives by bars, each of parts by plus signs.</summary>
    private static List<string[]> Unless(MappingReader reader)
    {
        var found = reader.Text("unless", cap: 200) is { } text ? text.Split('|').Select(a => a.Split('+', StringSplitOptions.TrimEntries)).ToList() : [];
        if (found.Exists(a => Array.Exists(a, p => p.Length == 0)))
        {
            reader.Faults.Add(reader.PlaceOf("unless"), "unless 不对", "notes 里的部分，+ 表示都要，| 表示任一", "unless: safe|general+parameter");
        }

        return found;
    }

    private FlowMethod? Method(MappingReader reader)
    {
        var names = Words(reader, "call");
        if (names.Length == 0)
        {
            reader.Faults.Add(reader.At, "没有写方法名", "方法名，用空格分开", "call: execute executeQuery");
            return null;
        }

        return new FlowMethod
        {
            Names = names,
            Arguments = reader.Integer("args", 0, 20),
            Source = reader.Text("source", cap: 40),
            Only = Named(reader, "only"),
            Also = Named(reader, "also"),
            IsSegment = reader.Flag("segment") ?? false,
            Form = FlowDoubtReader.Form(reader),
            Trust = reader.Choice("trust", Trusts) ?? FlowTrust.Remote,
            Into = reader.Integer("into", 0, 20),
            IsField = reader.Flag("field") ?? false,
            Returns = reader.Text("returns", cap: 200),
            Sink = Named(reader, "sink") is [var sink, ..] ? sink : null,
            At = Places(reader),
            Matches = Expression(reader, "matches"),
            Except = Expression(reader, "except"),
            Always = reader.Flag("always") ?? false,
            Cleans = Named(reader, "cleans"),
            Soils = Named(reader, "soils"),
            Flow = Flows(reader),
            IsInert = reader.Flag("inert") ?? false,
            Acts = Act(reader),
            Notes = reader.Each("notes", Note),
            Unless = Unless(reader),
            With = reader.Text("with", cap: 40),
            FixedProgram = reader.Flag("fixedProgram") ?? false,
            Guards = Named(reader, "guards"),
            GuardsNot = Named(reader, "guardsNot"),
            IsBelieved = reader.Flag("believed") ?? false,
            AnyReceiver = reader.Flag("anyReceiver") ?? false,
            Until = Until(reader),
        };
    }

    internal static string[] Words(MappingReader reader, string key) =>
        reader.Text(key) is { } text ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>Weaknesses by their ids; a sink has one.</summary>
    private string[] Named(MappingReader reader, string key)
    {
        var found = Words(reader, key);
        if (key is "sink" or "rides" && (found.Length > 1 || found.Contains("*", StringComparer.Ordinal)))
        {
            reader.Faults.Add(reader.PlaceOf(key), $"{key} 不对", "一种缺陷的 id", $"{key}: sql");
            return [];
        }

        words?.Use(found, reader.PlaceOf(key));
        return found;
    }

    private static string[] Flows(MappingReader reader)
    {
        var found = Words(reader, "flow");
        if (!Array.TrueForAll(found, w => w.Split('>') is [var from, var to] && (from is "this" or "*" || IsPlace(from)) && (to is "this" or "return" || IsPlace(to))))
        {
            reader.Faults.Add(reader.PlaceOf("flow"), "flow 不对", "从哪里>到哪里，用空格分开：this、*（只在前）、return（只在后）或参数位置", "flow: 0>return this>return");
        }

        return found;

        static bool IsPlace(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place <= 20;
    }

    private static string? Act(MappingReader reader)
    {
        if (reader.Text("acts", cap: 40) is not { } act)
        {
            return null;
        }

        if (!Acts.Contains(act) && act is not ("copy-fields 0>1" or "copy-fields 1>0") && !(act.Split(' ') is [var word, { Length: > 0 }] && ActsOnParts.Contains(word, StringComparer.Ordinal)))
        {
            reader.Faults.Add(reader.PlaceOf("acts"), $"引擎没有 {act} 这种行为", string.Join("、", Acts.Concat(ActsOnParts.Select(a => $"{a} 名称")).Append("copy-fields 0>1").Append("copy-fields 1>0")), "acts: self");
        }

        return act;
    }

    private PackageLimit? Until(MappingReader reader)
    {
        var (words, off) = (Words(reader, "until"), Expression(reader, "off"));
        if (words is [var package, var version])
        {
            return new PackageLimit(package, version, off);
        }

        if (words.Length > 0 || off is not null)
        {
            reader.Faults.Add(reader.PlaceOf(words.Length > 0 ? "until" : "off"), "until 不对", "程序包与不再危险的第一个版本；off 只与它一起写", "until: com.alibaba:fastjson 1.2.83");
        }

        return null;
    }

    private static List<int> Places(MappingReader reader)
    {
        var found = new List<int>();
        foreach (var word in Words(reader, "at"))
        {
            if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place) && place is >= -1 and <= 20)
            {
                found.Add(place);
            }
            else
            {
                reader.Faults.Add(reader.PlaceOf("at"), "参数位置不对", "-1 到 20 的整数，用空格分开", "at: 0");
            }
        }

        return found;
    }

    private string? Expression(MappingReader reader, string key)
    {
        if (reader.Text(key, cap: 400) is not { } text)
        {
            return null;
        }

        if (isProven)
        {
            return text;
        }

        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchLimit);
            return text;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            reader.Faults.Add(reader.PlaceOf(key), "表达式不对", "不回溯的正则表达式", $"{key}: ^MD5$");
            return null;
        }
    }
}
