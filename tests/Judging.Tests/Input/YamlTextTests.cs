using System.Diagnostics;
using System.Text;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>What people write by hand, and what somebody might hand in to break the reader.</summary>
[Collection(nameof(Alone))]
public sealed class YamlTextTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("a: &x 1\nb: *x\n", 1, 4)]
    [InlineData("b: *x\n", 1, 4)]
    [InlineData("a: 1\nb: !!int 3\n", 2, 4)]
    [InlineData("a: !own {x: 1}\n", 1, 4)]
    [InlineData("a: 1\nb: 2\na: 3\n", 3, 1)]
    [InlineData("x:\n  a: 1\n  'a': 2\n", 3, 3)]
    [InlineData("a: 1\n---\nb: 2\n", 2, 1)]
    [InlineData("", 1, 1)]
    [InlineData("# nur ein Kommentar\n", 1, 1)]
    [InlineData("- a\n- b\n", 1, 1)]
    [InlineData("just text\n", 1, 1)]
    [InlineData("a:\n\tb: 1\n", 2, 1)]
    [InlineData("a: [1, 2\nb: 3\n", null, null)]
    [InlineData("a: 'open\n", null, null)]
    [InlineData("a: \"\\q\"\n", 1, null)]
    [InlineData("{a: 1}: 2\n", 1, 1)]
    [InlineData("a: b: c\n", 1, null)]
    [InlineData("%YAML 9.9\n---\na: 1\n", 1, null)]
    public void A_mistake_is_named_with_its_line_and_column(string text, int? line, int? column)
    {
        var fault = Refused(Encoding.UTF8.GetBytes(text));
        Assert.Equal("r.yaml", fault.At.File);
        Assert.Equal(line ?? fault.At.Line, fault.At.Line);
        Assert.Equal(column ?? fault.At.Column, fault.At.Column);
        Assert.True(fault.At is { Line: >= 1, Column: >= 1 }, fault.ToString());
        Assert.NotEmpty(fault.Message);
    }

    [Fact]
    public void GBK_is_refused_at_the_line_of_its_first_bytes() =>
        Assert.Equal(2, Refused([.. "a: 1\nb: "u8, 0xD5, 0xFE, 0xCE, 0xF1, .. "\n"u8]).At.Line);

    [Fact]
    public void UTF_16_is_refused_and_the_way_out_is_named()
    {
        Assert.Contains("UTF-8", Refused([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a: 1\n")]).Expected, StringComparison.Ordinal);
        _ = Refused(Encoding.Unicode.GetBytes("a: 政务\n"));
        _ = Refused(Encoding.BigEndianUnicode.GetBytes("a: 1\n"));
    }

    [Fact]
    public void UTF_8_with_a_byte_order_mark_reads_like_without()
    {
        var map = YamlText.ReadMapping("r.yaml", [0xEF, 0xBB, 0xBF, .. "名称: 政务\n"u8]);
        Assert.Equal(("名称", 1, 1), (map.Entries[0].Key.Text, map.Entries[0].Key.At.Line, map.Entries[0].Key.At.Column));
    }

    [Fact]
    public void Two_mebibytes_are_the_end() =>
        Assert.Contains("2097152", Refused(Encoding.UTF8.GetBytes("a: " + new string('x', 2 * 1024 * 1024))).Expected, StringComparison.Ordinal);

    public static TheoryData<string> Bombs => new()
    {
        "a: " + new string('[', 100_000),
        string.Concat(Enumerable.Repeat("{a: ", 100_000)),
        string.Concat(Enumerable.Repeat("- ", 50_000)) + "x",
        "a: [" + string.Concat(Enumerable.Repeat("x,", 900_000)) + "]",
        "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n",
        string.Concat(Enumerable.Range(0, 60_000).Select(i => $"k{i}: 1\n")),
        string.Concat(Enumerable.Range(0, 40).Select(i => new string(' ', i) + "a:\n")),
        "a: " + new string('!', 1_000_000),
        "a: " + new string('&', 1_000_000),
        new string('?', 500_000),
        string.Concat(Enumerable.Repeat("? ", 200_000)),
        new string('\t', 1_000_000),
        new string('%', 1_000_000),
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_file_made_to_exhaust_the_reader_is_refused_in_time(string text) => Refused(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_file_that_is_not_there_is_a_mistake_like_any_other() =>
        Assert.Throws<InputFaultException>(() => YamlText.ReadMappingFile(Path.Combine("no", "such.yaml")));

    [Theory]
    [InlineData("yes", "\"yes\"")]
    [InlineData("true", "true")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("~", "null")]
    [InlineData("007", "\"007\"")]
    [InlineData("1.20", "1.20")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("1e5", "\"1e5\"")]
    [InlineData(".nan", "\".nan\"")]
    [InlineData("0x1F", "\"0x1F\"")]
    [InlineData("99999999999999999999999999999999", "\"99999999999999999999999999999999\"")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("1_000", "\"1_000\"")]
    public void A_plain_scalar_becomes_what_the_core_schema_says_and_nothing_cleverer(string scalar, string json) =>
        Assert.Equal(json, YamlText.ReadMapping("r.yaml", Encoding.UTF8.GetBytes($"a: {scalar}\n"))["a"]!.ToElement().GetRawText());

    private static InputFault Refused(byte[] bytes)
    {
        var clock = Stopwatch.StartNew();
        var broken = Assert.Throws<InputFaultException>(() =>
        {
            var faults = new FaultList();
            _ = new RulesetReader(Sample.Kinds, faults).Read("r.yaml", bytes);
            faults.ThrowIfAny();
        });
        Assert.True(clock.Elapsed < Patience, $"took {clock.Elapsed}");
        return broken.Faults[0];
    }
}
