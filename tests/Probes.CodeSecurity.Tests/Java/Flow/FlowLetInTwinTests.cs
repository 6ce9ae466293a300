namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of what checks of uploads let through, and of names that promise a check.</summary>
public sealed class FlowLetInTwinTests
{
    private const string Lang3 = "org.apache.commons.lang3.";
    private const string Name = "org.apache.commons.io.FilenameUtils.isExtension(n, ";
    private const string Ending = "String e = n.substring(n.lastIndexOf(\".\") + 1); ";

    private static IReadOnlyList<FoundFlow> Run(string members, string body) =>
        FlowCase.Run([("src/T.java", $"import java.io.*; import java.util.*; import org.springframework.web.bind.annotation.*; import org.springframework.web.multipart.MultipartFile; class T {{ {members} @PostMapping(\"/a\") void q(MultipartFile f) throws Exception {{ String n = f.getOriginalFilename(); {body} f.transferTo(new File(\"/d\", n)); }} }}")]).Found
            .Where(f => FlowCase.Apis.Weaknesses[f.Weakness].Id == "upload").ToList();

    private static void Twin(string members, string check, string bad, string good)
    {
        var turned = $"if (!({check})) {{ return; }}";
        Assert.Single(Run(members.Replace("@", bad, StringComparison.Ordinal), turned.Replace("@", bad, StringComparison.Ordinal)));
        Assert.Empty(Run(members.Replace("@", good, StringComparison.Ordinal), turned.Replace("@", good, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", Name + "\"@\")")]
    [InlineData("", Name + "new String[] { \"jpg\", \"@\" })")]
    [InlineData("static final String[] OK = { \"jpg\", \"@\" };", Name + "OK)")]
    [InlineData("static final String[] OK = { \".jpg\", \".@\" };", Lang3 + "StringUtils.endsWithAny(n, OK)")]
    [InlineData("", "n.matches(\".*\\\\.(jpg|@)\")")]
    [InlineData("static final java.util.regex.Pattern OK = java.util.regex.Pattern.compile(\"^.+\\\\.(jpg|@)$\");", "OK.matcher(n).matches()")]
    public void Of_a_name(string members, string check) => Twin(members, check, "jsp", "png");

    [Theory]
    [InlineData("", "Arrays.asList(\"jpg\", \"@\").contains(e)")]
    [InlineData("static final List<String> OK = Arrays.asList(\"jpg\", \"@\");", "OK.contains(e)")]
    [InlineData("static final Set<String> OK = new HashSet<>(); static { OK.add(\"jpg\"); OK.add(\"@\"); }", "OK.contains(e)")]
    [InlineData("static final String[] OK = \"jpg,@\".split(\",\");", "Arrays.asList(OK).contains(e)")]
    [InlineData("static class K { static final List<String> OK = Arrays.asList(\"jpg\", \"@\"); }", "K.OK.contains(e)")]
    [InlineData("", "\"jpg\".equals(e) || \"@\".equals(e)")]
    [InlineData("boolean fine(String x) { return Arrays.asList(\"jpg\", \"@\").contains(x); }", "fine(e)")]
    public void Of_an_ending(string members, string check)
    {
        var body = (string ending) => Run(members.Replace("@", ending, StringComparison.Ordinal), $"{Ending} if (!({check.Replace("@", ending, StringComparison.Ordinal)})) {{ return; }} n = UUID.randomUUID() + \".\" + e;");
        Assert.Single(body("html"));
        Assert.Empty(body("png"));
    }

    [Fact]
    public void Of_a_case()
    {
        var body = (string ending) => Run("", $"{Ending} switch (e) {{ case \"jpg\": case \"{ending}\": break; default: return; }} n = \"a.\" + e;");
        Assert.Single(body("svg"));
        Assert.Empty(body("png"));
    }

    [Fact]
    public void Of_one_after_the_other()
    {
        var members = (string ending) => $"static final String[] OK = {{ \".jpg\", \".{ending}\" }};";
        const string Body = "boolean ok = false; for (String x : OK) { if (n.endsWith(x)) { ok = true; } } if (!ok) { return; }";
        Assert.Single(Run(members("jsp"), Body));
        Assert.Empty(Run(members("png"), Body));
    }

    /// <summary>What methods of libraries do is known, and what is asked of sizes or users is no check of an ending.</summary>
    [Theory]
    [InlineData("if (new File(\"/d\").isFile()) { n.length(); }", 1)]
    [InlineData("new File(\"/d\").listFiles();", 1)]
    [InlineData("checkUserName(n);", 1)]
    [InlineData("checkFileSize(f);", 1)]
    [InlineData("com.lib.History.registerFile(n);", 1)]
    [InlineData("if (!com.lib.Types.isImage(f)) { return; }", 0)]
    [InlineData("checkFileType(f);", 0)]
    public void By_its_name(string body, int found) => Assert.Equal(found, Run("void checkUserName(String x) { } void checkFileSize(MultipartFile x) { } void checkFileType(MultipartFile x) { }", body).Count);

    /// <summary>It may as well be what is turned away.</summary>
    [Fact]
    public void By_its_name_with_a_list()
    {
        var flow = Assert.Single(Run("static final String[] ALL = { \"jpg\", \"html\" };", "com.lib.Files.assertAllowed(f, ALL);"));
        Assert.True(FlowDoubt.OfWay(flow) is { IsGuess: false, Unsure: 1 });
        Assert.Empty(Run("static final String[] ALL = { \"jpg\", \"png\" };", "com.lib.Files.assertAllowed(f, ALL);"));
    }
}
