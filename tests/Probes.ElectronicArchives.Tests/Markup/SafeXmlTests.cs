using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

public sealed class SafeXmlTests
{
    private const string Sample = """
        <?xml version="1.0" encoding="ENC"?>
        <!-- 说明 -->
        <归档数据包 xmlns="http://example.cn/a" xmlns:b="http://example.cn/b" b:编号="1">
          <题名 空="">关于&lt;某事&gt;的批复</题名><![CDATA[ 原样 <x> ]]>
        </归档数据包>
        """;

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static TheoryData<string, MarkupFaultKind, string> Hostile => new()
    {
        { "dtd", MarkupFaultKind.DocumentType, "DTD" },
        { "laughs", MarkupFaultKind.DocumentType, "DTD" },
        { "external", MarkupFaultKind.DocumentType, "DTD" },
        { "external-dtd", MarkupFaultKind.DocumentType, "DTD" },
        { "include", MarkupFaultKind.Inclusion, "XInclude" },
        { "deep", MarkupFaultKind.TooLarge, "嵌套超过 128 层" },
        { "attributes", MarkupFaultKind.TooLarge, "个属性" },
        { "attribute", MarkupFaultKind.TooLarge, "个字符" },
        { "nul", MarkupFaultKind.NotWellFormed, "不允许的字符" },
        { "cut", MarkupFaultKind.NotWellFormed, "截断" },
        { "empty", MarkupFaultKind.NotWellFormed, "没有根元素" },
        { "entity", MarkupFaultKind.NotWellFormed, "实体" },
        { "tags", MarkupFaultKind.NotWellFormed, "不配" },
        { "gbk-as-utf8", MarkupFaultKind.WrongEncoding, "偏移 60 处" },
        { "gbk-undeclared", MarkupFaultKind.WrongEncoding, "没有声明编码" },
        { "utf8-as-utf16", MarkupFaultKind.WrongEncoding, "单字节" },
        { "utf16-as-utf8", MarkupFaultKind.WrongEncoding, "UTF-16LE" },
        { "mark-as-gbk", MarkupFaultKind.WrongEncoding, "UTF-8" },
        { "cut-gb18030", MarkupFaultKind.WrongEncoding, "GB18030" },
        { "utf7", MarkupFaultKind.UnsupportedEncoding, "UTF-7" },
        { "nodes", MarkupFaultKind.TooLarge, "节点" },
    };

    [Theory]
    [InlineData("UTF-8", "UTF-8")]
    [InlineData("GB18030", "GB18030")]
    [InlineData("GBK", "GB18030")]
    [InlineData("UTF-16", "UTF-16LE")]
    [InlineData("UTF-16BE", "UTF-16BE")]
    [InlineData("", "UTF-8")]
    public void What_is_declared_rightly_is_read(string declared, string read)
    {
        Encoding encoding = read switch
        {
            "UTF-16LE" => Encoding.Unicode,
            "UTF-16BE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
            "GB18030" => Gb18030,
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        var text = declared.Length == 0 ? Sample.Replace(" encoding=\"ENC\"", "", StringComparison.Ordinal) : Sample.Replace("ENC", declared, StringComparison.Ordinal);

        var document = SafeXml.Read([.. declared == "UTF-16" ? Encoding.Unicode.Preamble.ToArray() : [], .. encoding.GetBytes(text)], CancellationToken.None);

        Assert.Equal(read, document.Encoding);
        var title = Assert.Single(document.Root.Elements());
        Assert.Equal("关于<某事>的批复", title.Value);
        Assert.Equal("{http://example.cn/a}题名", title.Name.ToString());
        Assert.Equal("", title.Attribute("空")!.Value);
        Assert.Equal("1", document.Root.Attribute("{http://example.cn/b}编号")!.Value);
        Assert.Contains(" 原样 <x> ", document.Root.Value, StringComparison.Ordinal);
        Assert.Equal(4, ((IXmlLineInfo)title).LineNumber);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_is_hostile_or_broken_is_named(string what, MarkupFaultKind kind, string words)
    {
        var clock = Stopwatch.StartNew();

        var trouble = Assert.Throws<MarkupException>(() => SafeXml.Read(Make(what), CancellationToken.None, new MarkupLimits { Nodes = 100_000 }));

        Assert.Equal(kind, trouble.Fault.Kind);
        Assert.Contains(words, trouble.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Mutants_give_a_tree_or_a_fault()
    {
        var seeds = new SeededBytes(20260302);
        byte[][] originals = [Encoding.UTF8.GetBytes(Sample.Replace("ENC", "UTF-8", StringComparison.Ordinal)), Gb18030.GetBytes(Sample.Replace("ENC", "GBK", StringComparison.Ordinal)), Encoding.Unicode.GetBytes(Sample.Replace("ENC", "UTF-16", StringComparison.Ordinal))];
        var read = 0;
        for (var i = 0; i < 9000; i++)
        {
            if (SafeXml.TryRead(seeds.Mutate(originals[i % originals.Length]), CancellationToken.None, out var document, out var fault))
            {
                Assert.NotNull(document);
                read++;
            }
            else
            {
                Assert.NotEmpty(fault!.Detail);
            }
        }

        Assert.InRange(read, 100, 8000);
    }

    private static byte[] Make(string what)
    {
        const string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        return what switch
        {
            "dtd" => Encoding.UTF8.GetBytes(head + "<!DOCTYPE a><a/>"),
            "laughs" => Encoding.UTF8.GetBytes("<!DOCTYPE a [<!ENTITY l0 \"lol\">" + string.Concat(Enumerable.Range(1, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"<!ENTITY l{i} \"&l{i - 1};&l{i - 1};&l{i - 1};&l{i - 1};&l{i - 1};&l{i - 1};\">"))) + "]><a>&l20;</a>"),
            "external" => Encoding.UTF8.GetBytes("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
            "external-dtd" => Encoding.UTF8.GetBytes("<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>"),
            "include" => Encoding.UTF8.GetBytes("<a xmlns:x=\"http://www.w3.org/2001/XInclude\"><x:include href=\"/etc/passwd\" parse=\"text\"/></a>"),
            "deep" => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 200_000))),
            "attributes" => Encoding.UTF8.GetBytes("<a " + string.Concat(Enumerable.Range(0, 5000).Select(i => string.Create(CultureInfo.InvariantCulture, $" b{i}=''"))) + "/>"),
            "attribute" => Encoding.UTF8.GetBytes("<a b='" + new string('x', 2 << 20) + "'/>"),
            "nul" => Encoding.UTF8.GetBytes("<a>x\0y</a>"),
            "cut" => Encoding.UTF8.GetBytes("<a><b>text"),
            "empty" => [],
            "entity" => Encoding.UTF8.GetBytes("<a>&nbsp;</a>"),
            "tags" => Encoding.UTF8.GetBytes("<a><b></a></b>"),
            "gbk-as-utf8" => Gb18030.GetBytes(Sample.Replace("ENC", "UTF-8", StringComparison.Ordinal).Replace("<!-- 说明 -->", "<!-- 0123456789 -->", StringComparison.Ordinal)),
            "gbk-undeclared" => Gb18030.GetBytes("<a>归档</a>"),
            "utf8-as-utf16" => Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='UTF-16'?><a/>"),
            "utf16-as-utf8" => Encoding.Unicode.GetBytes(head + "<a/>"),
            "mark-as-gbk" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='GBK'?><a/>")],
            "cut-gb18030" => [.. Gb18030.GetBytes("<?xml version='1.0' encoding='GB18030'?><a>归档</a>"), 0x81],
            "utf7" => Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='UTF-7'?><a/>"),
            "nodes" => Encoding.UTF8.GetBytes("<a>" + string.Concat(Enumerable.Repeat("<b/>", 150_000)) + "</a>"),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "no such document"),
        };
    }
}
