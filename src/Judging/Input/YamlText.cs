using System.Text;
using SmartCity.SecurityCheck.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// Reads one YAML document under caps: 2 MiB, 32 levels, 100,000 nodes; no anchors, aliases or tags (they allow small
/// files to grow without bound and are not needed in what people write for this tool).
/// </summary>
public sealed class YamlText
{
    /// <summary>Most bytes of a text.</summary>
    public const int SizeCap = 2 * 1024 * 1024;

    private const int DepthCap = 32;
    private const int NodeCap = 100_000;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _file;
    private readonly Parser _parser;
    private int _nodes;
    private SourcePosition _last;

    private YamlText(string file, string text)
    {
        _file = file;
        _last = new SourcePosition(file, 1, 1);
        _parser = new Parser(new StringReader(text));
    }

    /// <param name="file">Name shown in messages.</param>
    /// <param name="bytes">UTF-8, with or without BOM.</param>
    /// <exception cref="InputFaultException">Not UTF-8, not YAML, over a cap, empty, or not a mapping.</exception>
    public static YamlMapping ReadMapping(string file, ReadOnlySpan<byte> bytes)
    {
        var start = new SourcePosition(file, 1, 1);
        var text = Decode(start, bytes);
        var reader = new YamlText(file, text);
        try
        {
            return reader.Document() as YamlMapping
                ?? throw Fault(start, "文件内容不是“键: 值”的形式", "YAML 映射", "name: 政务服务系统");
        }
        catch (YamlException broken)
        {
            throw IndentedByTab(text, broken) is { } tab
                ? Fault(tab with { File = file }, "缩进里有制表符", "用空格缩进的 YAML")
                : Fault(new SourcePosition(file, Math.Max(1, (int)broken.Start.Line), Math.Max(1, (int)broken.Start.Column)), $"YAML 语法错误，多半是缩进、冒号后的空格、引号或括号（解析器：{Plain(broken)}）", "缩进与冒号正确的 YAML", "name: 政务服务系统");
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or ArithmeticException or IndexOutOfRangeException)
        {
            // The parser loses its own state over some broken texts instead of saying what is wrong.
            throw Fault(reader._last with { File = file }, "YAML 语法错误", "缩进、括号与引号正确的 YAML");
        }
    }

    /// <exception cref="InputFaultException">As above, or the file cannot be read.</exception>
    public static YamlMapping ReadMappingFile(string path) => ReadMapping(path, ReadBytes(path, path));

    /// <summary>All of a file, or one byte more than a text may have.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="shownAs">Its name in messages.</param>
    /// <exception cref="InputFaultException">It is no file, or cannot be read.</exception>
    public static byte[] ReadBytes(string path, string shownAs)
    {
        try
        {
            return RegularFile.Read(path, SizeCap);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Fault(new SourcePosition(shownAs, 1, 1), $"文件读不了：{(trouble is FileNotFoundException or DirectoryNotFoundException ? "不存在" : trouble.Message)}", "可以读取的普通文件");
        }
    }

    private static string Decode(SourcePosition start, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SizeCap)
        {
            throw Fault(start, "文件过大", $"不超过 {SizeCap} 字节");
        }

        try
        {
            return Strict.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        }
        catch (DecoderFallbackException broken)
        {
            var line = 1 + bytes[..Math.Clamp(broken.Index, 0, bytes.Length)].Count((byte)'\n');
            throw Fault(start with { Line = line }, "文件不是 UTF-8 编码（可能是 GBK 或 UTF-16）", "UTF-8，请用编辑器“另存为 UTF-8”");
        }
    }

    private YamlValue Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            throw Fault(new SourcePosition(_file, 1, 1), "文件是空的", "YAML 映射");
        }

        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<StreamEnd>(out _) ? root : throw Fault(Here(_parser.Current!), "文件里有多个 YAML 文档", "只有一个文档");
    }

    private YamlValue Node(int depth)
    {
        _parser.Accept<ParsingEvent>(out var next);
        var at = _last = Here(next!);
        if (depth > DepthCap || ++_nodes > NodeCap)
        {
            throw Fault(at, "嵌套过深或内容过多", $"不超过 {DepthCap} 层、{NodeCap} 个节点");
        }

        if (next is AnchorAlias || next is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            throw Fault(at, "不支持锚点、别名和标签（& * !）", "直接写出内容");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(at, scalar.Value, scalar.Style is not ScalarStyle.Plain);
        }

        return _parser.TryConsume<SequenceStart>(out _) ? Sequence(at, depth) : Mapping(at, depth);
    }

    private YamlSequence Sequence(SourcePosition at, int depth)
    {
        var items = new List<YamlValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new YamlSequence(at, items);
    }

    private YamlMapping Mapping(SourcePosition at, int depth)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<KeyValuePair<YamlScalar, YamlValue>>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1) as YamlScalar ?? throw Fault(at, "键必须是文字", "name: 值");
            if (!keys.Add(key.Text))
            {
                throw Fault(key.At, $"键 {key.Text} 重复", "同一层里每个键只出现一次");
            }

            entries.Add(new(key, Node(depth + 1)));
        }

        return new YamlMapping(at, entries);
    }

    private SourcePosition Here(ParsingEvent parsed) => new(_file, (int)parsed.Start.Line, (int)parsed.Start.Column);

    /// <summary>The parser reports a tab at the line before it.</summary>
    private static SourcePosition? IndentedByTab(string text, YamlException broken)
    {
        var lines = text.Split('\n');
        // Where a block does not end as it should the parser names its beginning, which may be far above the tab.
        var from = broken.Message.Contains("block", StringComparison.Ordinal) || broken.Start.Line <= 1 ? 0 : Math.Max(0, (int)broken.Start.Line - 1);
        var to = from == 0 ? lines.Length : Math.Min(lines.Length, (int)broken.Start.Line + 1);
        for (var line = from; line < to; line++)
        {
            var column = lines[line].AsSpan().IndexOfAnyExcept(' ');
            if (column >= 0 && lines[line][column] == '\t')
            {
                return new SourcePosition("", line + 1, column + 1);
            }
        }

        return null;
    }

    private static string Plain(YamlException broken)
    {
        var message = broken.InnerException?.Message ?? broken.Message;
        var end = message.IndexOf("): ", StringComparison.Ordinal);
        return message.StartsWith('(') && end > 0 ? message[(end + 3)..] : message;
    }

    private static InputFaultException Fault(SourcePosition at, string message, string expected, string? example = null) =>
        new([new InputFault(at, message, expected, example)]);
}
