using System.Text;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

[Collection(nameof(TableTestsAlone))]
public sealed class TableTests
{
    private static readonly string[][] Expected = [["1", "张三", "a,b"], ["2", "李四\n二", "c\"d"]];

    static TableTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string> Spellings => new()
    {
        { "csv", "id,name,note\r\n1,张三,\"a,b\"\r\n2,\"李四\n二\",\"c\"\"d\"\r\n" },
        { "tsv", "id\tname\tnote\n1\t张三\ta,b\n2\t\"李四\n二\"\t\"c\"\"d\"" },
        { "txt", "id;name;note\n\n1;张三;a,b\n2;\"李四\n二\";\"c\"\"d\"\n" },
        { "json", """[{"id":1,"name":"张三","note":"a,b"}, {"id":2,"name":"李四\n二","note":"c\"d"}]""" },
        { "jsonl", "{\"id\":\"1\",\"name\":\"张三\",\"note\":\"a,b\"}\n{\"id\":2,\"name\":\"李四\\n二\",\"note\":\"c\\\"d\"}\n" },
        { "json", """{"RECORDS":[{"id":1,"name":"张三","note":"a,b"},{"id":2,"name":"李四\n二","note":"c\"d"}]}""" },
        { "sql", "-- it's a dump\nCREATE TABLE `t` (`id` int COMMENT 'x;INTO');\nINSERT INTO `db`.`t` (`id`, `name`, `note`) VALUES (1,'张三','a,b'),\n(2,'李四\\n二','c\"d');\n/* end */" },
        { "sql", "INSERT INTO t(id,name,note) VALUES (1,N'张三','a,b'); INSERT INTO other(x) VALUES (9);\nINSERT INTO t(id,name,note) VALUES (2,'李四\n二','c\"d');" },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Every_format_in_every_encoding_gives_the_same_rows(string extension, string text)
    {
        Encoding[] encodings = [new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.GetEncoding("GB18030")];
        foreach (var encoding in encodings)
        {
            var (columns, rows, _) = Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], extension);
            Assert.Equal(["id", "name", "note"], columns);
            Assert.Equal(Expected, rows);
        }
    }

    [Fact]
    public void A_workbook_gives_the_same_rows()
    {
        var (columns, rows, _) = Read(WorkbookText.Of(["id", "name", "note"], ["1", "张三", "a,b"], [], ["2", "李四\n二", "c\"d"]), "xlsx");
        Assert.Equal(["id", "name", "note"], columns);
        Assert.Equal(Expected, rows);
    }

    /// <summary>Written by a widely used JavaScript library, with shared strings, two sheets and a cell that holds a day.</summary>
    [Theory]
    [InlineData(null, "username", 20)]
    [InlineData("产品", "产品名称", 1)]
    public void A_workbook_of_another_writer_is_read(string? sheet, string firstColumn, int count)
    {
        var (columns, rows, _) = Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Tables", "other-writer.xlsx")), "xlsx", TableOptions.Default with { Sheet = sheet });
        Assert.Equal(firstColumn, columns[0]);
        Assert.Equal(count, rows.Count);
        Assert.True(sheet is null ? rows[3][0] == "用户3" : WrittenDates.Read(rows[0][3]!) == new DateOnly(2025, 7, 15));
    }

    [Fact]
    public void Values_without_a_name_row_keep_their_first_line()
    {
        var (columns, rows, table) = Read("3f2a9c00112233445566778899aabbcc\nffee9c00112233445566778899aabbcc\n"u8.ToArray(), "txt");
        Assert.False(table.HasHeader);
        Assert.Equal(["列1"], columns);
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public void Ragged_rows_and_nulls_are_kept_and_counted()
    {
        var (columns, rows, table) = Read("a,b\n1\n1,\\N,3\n1,2\n"u8.ToArray(), "csv");
        Assert.Equal(["a", "b", "列3"], columns);
        Assert.Equal([["1"], ["1", null, "3"], ["1", "2"]], rows);
        Assert.Equal(2, table.RaggedRows);
    }

    [Theory]
    [InlineData("a,b\n1,\"x\n", "csv", "第 2 行")]
    [InlineData("[{\"a\":1},{\"a\":", "json", "记录中间结束")]
    [InlineData("[{\"a\":1} {\"a\":2}]", "json", "逗号")]
    [InlineData("[{\"a\":01}]", "json", "JSON 对象")]
    [InlineData("[{\"a\":\"\\ud800\"}]", "json", "代理")]
    [InlineData("INSERT INTO t(a) VALUES ('x", "sql", "没有闭合")]
    [InlineData("a\u0001bcd", "csv", "第 1 字节")]
    public void Broken_files_are_refused_by_place_and_expectation(string text, string extension, string said)
    {
        var fault = Assert.Throws<UnableException>(() => Read(Encoding.UTF8.GetBytes(text), extension));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.Contains("应为", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_neither_utf8_nor_gb18030_are_named_by_offset() =>
        Assert.Contains("第 5 字节", Assert.Throws<UnableException>(() => Read([.. "abc\n"u8, 0xE4, 0xFF, 0x41], "csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void Old_and_encrypted_workbooks_are_named() =>
        Assert.Contains("xlsx", Assert.Throws<UnableException>(() => Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "xls")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_workbook_that_swells_or_asks_for_a_document_type_is_refused()
    {
        var sheet = "<worksheet><sheetData>" + string.Concat(Enumerable.Repeat("<row>" + new string(' ', 100_000) + "</row>", 300)) + "</sheetData></worksheet>";
        (string, string)[] around =
        [
            ("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" id=\"r\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r\" Target=\"/xl/s.xml\"/></Relationships>"),
        ];
        var bomb = WorkbookText.Zip([.. around, ("xl/s.xml", sheet)]);
        Assert.Contains("300 倍", Assert.Throws<UnableException>(() => Read(bomb, "xlsx")).Message, StringComparison.Ordinal);
        var dtd = WorkbookText.Zip([.. around, ("xl/s.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>")]);
        Assert.Throws<UnableException>(() => Read(dtd, "xlsx"));
    }

    /// <summary>A text or an attribute that never ends is given up after a mebibyte, not after it has filled the memory.</summary>
    [Theory]
    [InlineData("<sheetData><row><c t=\"inlineStr\"><is><t>{0}</t></is></c></row></sheetData>")]
    [InlineData("<sheetData><row><c r=\"{0}\"><v>1</v></c></row></sheetData>")]
    public void A_cell_without_end_is_refused(string sheet)
    {
        using var folder = new TemporaryFolder();
        var seeded = new SeededBytes(5);
        var giant = string.Concat(Enumerable.Range(0, 200_000).Select(_ => Convert.ToHexString(seeded.Take(16))));
        File.WriteAllBytes(folder.File("t.xlsx"), WorkbookText.Zip(
            ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"x\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"x\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
            ("xl/worksheets/sheet1.xml", $"<worksheet>{sheet.Replace("{0}", giant, StringComparison.Ordinal)}</worksheet>")));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<UnableException>(() =>
        {
            using var table = TableFile.Open(FileTree.At(folder.File("t.xlsx")), "t.xlsx", TableOptions.Default);
            return table.Rows(CancellationToken.None).Count();
        });
        Assert.Contains("32767", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 24L << 20);
    }

    [Fact]
    public void Rows_beyond_the_cap_are_said_to_be_missing()
    {
        var (_, rows, table) = Read("a\n1\n2\n3\n"u8.ToArray(), "csv", TableOptions.Default with { MaxRows = 2 });
        Assert.Equal(2, rows.Count);
        Assert.False(table.IsWhole);
    }

    [Fact]
    public void A_million_rows_take_bounded_memory()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("large.csv");
        using (var writer = new StreamWriter(path))
        {
            writer.WriteLine("id,value");
            for (var i = 0; i < 1_000_000; i++)
            {
                writer.Write(i);
                writer.WriteLine(",9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
            }
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var table = TableFile.Open(FileTree.At(path), "large.csv", TableOptions.Default);
        var (count, most) = (0, 0L);
        foreach (var _ in table.Rows(CancellationToken.None))
        {
            if (++count % 100_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(1_000_000, count);

        Assert.InRange(most, 0, 8 * 1024 * 1024);
    }

    /// <summary>Whatever is done to a file, it is read or refused, never anything else.</summary>
    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        var seeded = new SeededBytes(41);
        byte[][] originals = [.. Spellings.Select(s => Encoding.UTF8.GetBytes((string)((object[])s)[1])), WorkbookText.Of(["id", "x"], ["1", "张"])];
        string[] extensions = [.. Spellings.Select(s => (string)((object[])s)[0]), "xlsx"];
        var read = 0;
        for (var i = 0; i < 2000; i++)
        {
            var at = i % originals.Length;
            try
            {
                Read(seeded.Mutate(originals[at]), extensions[at]);
                read++;
            }
            catch (UnableException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }

        Assert.InRange(read, 200, 1950);
    }

    private static (IReadOnlyList<string> Columns, List<IReadOnlyList<string?>> Rows, Table Table) Read(byte[] bytes, string extension, TableOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        var name = $"t.{extension}";
        File.WriteAllBytes(folder.File(name), bytes);
        using var table = TableFile.Open(FileTree.At(folder.File(name)), name, options ?? TableOptions.Default);
        var rows = table.Rows(CancellationToken.None).Select(r => r.Cells).ToList();
        return (table.Columns, rows, table);
    }
}

/// <summary>Memory is measured over the whole process, so nothing else of it runs meanwhile.</summary>
[CollectionDefinition(nameof(TableTestsAlone), DisableParallelization = true)]
public sealed class TableTestsAlone;
