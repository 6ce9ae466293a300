using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Records of a JSON text: an array, objects one after the other (JSON Lines), or one object around an array, as some database tools write.
/// Each record is cut out first and parsed alone, so that memory is bounded by the longest record.
/// </summary>
internal sealed partial class JsonRows(CharFeed feed, TableOptions options) : RowSource
{
    private const int MaxDepth = 32;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth };

    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly StringBuilder _record = new();
    private bool _started;
    private bool _inArray;
    private bool _ended;

    public override IReadOnlyList<string> Names => _names;

    public static bool LooksLikeRows(ReadOnlySpan<char> start) => Records().IsMatch(start[..Math.Min(start.Length, 400)]);

    public override string?[]? Next()
    {
        if (!_started)
        {
            Start();
        }

        feed.SkipBlanks();
        if (_ended || (!_inArray && feed.Peek() < 0))
        {
            return null;
        }

        if (feed.Peek() == ']' && _inArray)
        {
            _ended = true;
            return null;
        }

        var row = Parse();
        feed.SkipBlanks();
        if (feed.Peek() == ',')
        {
            feed.Take();
        }
        else if (_inArray && feed.Peek() != ']')
        {
            throw feed.Fault(feed.Peek() < 0 ? "文件在数组中间结束" : "的记录后面不是逗号", "逗号或 ]");
        }

        return row;
    }

    public override void Dispose() => feed.Dispose();

    /// <summary>Goes to the first record.</summary>
    private void Start()
    {
        _started = true;
        feed.SkipBlanks();
        var wrapper = Wrapper().Match(feed.Ahead().ToString());
        for (var i = wrapper.Success ? wrapper.Groups["open"].Index + 1 : 0; i > 0; i--)
        {
            feed.Take();
        }

        _inArray = wrapper.Success;
    }

    private string?[] Parse()
    {
        var place = feed.Place;
        Cut();
        try
        {
            using var document = JsonDocument.Parse(_record.ToString(), Strict);
            return Cells(document.RootElement);
        }
        catch (Exception unpaired) when (unpaired is ArgumentException or InvalidOperationException)
        {
            throw TableFault.Of(feed.File, $"{place}的记录里有不成对的代理字符", "正确的 Unicode 文本");
        }
        catch (JsonException broken)
        {
            throw TableFault.Of(feed.File, $"{place}的记录不是正确的 JSON（其中第 {broken.LineNumber + 1} 行第 {broken.BytePositionInLine} 字节）", "JSON 对象");
        }
    }

    private string?[] Cells(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            Place("值");
            return [Text(record)];
        }

        var cells = new string?[_names.Count];
        foreach (var member in record.EnumerateObject())
        {
            var at = Place(member.Name);
            if (at >= cells.Length)
            {
                Array.Resize(ref cells, at + 1);
            }

            cells[at] = Text(member.Value);
        }

        return cells;
    }

    private int Place(string name)
    {
        if (_places.TryGetValue(name, out var at))
        {
            return at;
        }

        if (_names.Count == options.MaxColumns)
        {
            throw feed.Fault($"的字段名多于 {options.MaxColumns} 个", "字段名有限的记录");
        }

        _places[name] = _names.Count;
        _names.Add(name);
        return _names.Count - 1;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    /// <summary>Takes one value into the record: brackets are counted outside strings alone.</summary>
    private void Cut()
    {
        _record.Clear();
        var (depth, inString) = (0, false);
        while (true)
        {
            var c = feed.Peek();
            if (c < 0 && (depth > 0 || inString || _record.Length == 0))
            {
                throw feed.Fault("文件在记录中间结束", "完整的 JSON 记录");
            }

            if (c < 0 || (depth == 0 && !inString && _record.Length > 0 && (c is ',' or ']' or '}' || char.IsWhiteSpace((char)c))))
            {
                return;
            }

            feed.Take();
            if (_record.Length >= options.MaxField)
            {
                throw feed.Fault($"的记录超过 {options.MaxField} 个字符", "长度有限的记录");
            }

            _record.Append((char)c);
            if (inString)
            {
                if (c == '\\' && feed.Peek() >= 0)
                {
                    _record.Append((char)feed.Take());
                }

                inString = c != '"';
            }
            else
            {
                inString = c == '"';
                depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
                if (depth == 0 && c is '}' or ']')
                {
                    return;
                }
            }
        }
    }

    [GeneratedRegex(@"^(\[\s*([\{""\]]|$)|\{\s*(""|\}))", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Records();

    /// <summary>Up to and with the bracket that opens the array of records.</summary>
    [GeneratedRegex(@"^((?<open>\[)|\{\s*""(RECORDS|records|rows|data|items|list)""\s*:\s*(?<open>\[)\s*[\{\]])", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Wrapper();
}
