namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of values that are one piece of a path: the bad one no longer is, or never was known to be.</summary>
public sealed class FlowPieceTwinTests
{
    private static IReadOnlyList<string> Of(string path, string head = "@GetMapping(\"/a/{n}\")", string parameter = "@PathVariable String n") => FlowCase.Ids(FlowCase.Run([("src/C.java", $$"""
        package a; import java.io.*; import org.springframework.web.bind.annotation.*; import java.net.URLDecoder;
        class K { static final String ONE = "/a/{n}"; static final String ALL = "/a/{n:.*}"; }
        @RestController class C { static final String OWN = "/b/{n}"; static final String REST = "/b/{n:.+}";
          static String within(String x) { return "/" + x + "/"; }
          static String beside(String x, String y) { return x + y; }
          static String decoded(String x) throws Exception { return URLDecoder.decode(x, "UTF-8"); }
          static String kept(String x) { return x.trim(); }
          {{head}} void q({{parameter}}, String m) throws Exception { new FileInputStream({{path}}); } }
        """)]));

    [Theory]
    [InlineData("URLDecoder.decode(n, \"UTF-8\")", "n.trim()")]
    [InlineData("n.replace(\"_\", \"/\")", "n.toLowerCase()")]
    [InlineData("String.format(\"/x/%s/\", n)", "String.valueOf(n)")]
    [InlineData("com.lib.Texts.make(n)", "n.strip()")]
    [InlineData("within(n)", "kept(n)")]
    [InlineData("beside(n, m)", "kept(kept(n))")]
    [InlineData("decoded(n)", "n.toString()")]
    [InlineData("kept(decoded(n))", "kept(n.toUpperCase())")]
    [InlineData("new String(java.util.Base64.getDecoder().decode(n))", "n.substring(1)")]
    public void What_is_made_of_one_piece_need_not_be_one(string bad, string good)
    {
        Assert.Contains("path", Of($"\"/d/v_\" + {bad} + \".txt\""));
        Assert.Empty(Of($"\"/d/v_\" + {good} + \".txt\""));
    }

    [Theory]
    [InlineData("@GetMapping(K.ALL)", "@GetMapping(K.ONE)")]
    [InlineData("@GetMapping(REST)", "@GetMapping(OWN)")]
    [InlineData("@GetMapping(path = { \"/a/{n}\", REST })", "@GetMapping(path = { \"/a/{n}\", OWN })")]
    [InlineData("@GetMapping(\"/a/\" + \"{n:.*}\")", "@GetMapping(\"/a/\" + \"{n}\")")]
    [InlineData("@GetMapping(com.lib.Paths.FILE)", "@GetMapping(value = \"/a/{n}\", produces = com.lib.Paths.FILE)")]
    [InlineData("@GetMapping", "@GetMapping(\"/{n}/b\")")]
    public void What_an_address_may_hold_there_has_to_be_known(string bad, string good)
    {
        Assert.Contains("path", Of("\"/d/v_\" + n", bad));
        Assert.Empty(Of("\"/d/v_\" + n", good));
    }

    [Theory]
    [InlineData("@PathVariable(required = false, value = \"o\") String n")]
    [InlineData("@PathVariable(required = false, name = \"o\") String n")]
    [InlineData("@PathVariable(\"o\") String n")]
    public void A_piece_goes_by_the_name_the_annotation_says(string parameter)
    {
        Assert.Contains("path", Of("\"/d/v_\" + n", "@GetMapping(\"/a/{n}/{o:.*}\")", parameter));
        Assert.Empty(Of("\"/d/v_\" + n", "@GetMapping(\"/a/{n:.*}/{o}\")", parameter));
    }
}
