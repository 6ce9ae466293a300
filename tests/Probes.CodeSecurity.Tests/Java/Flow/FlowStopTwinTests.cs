namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of checks that throw in a method beside, and of checks that do not.</summary>
public sealed class FlowStopTwinTests
{
    private const string Beside = """
        class Stop { static void go(String m) { throw new IllegalArgumentException(m); } static void maybe(String m) { if (m.length() > 3) { throw new IllegalArgumentException(m); } } }
        """;

    private const string Members = """
        void onlyDigits(String c) { if (!isDigits(c)) { Stop.go("a"); } }
        void mostlyDigits(String c) { if (!isDigits(c)) { Stop.maybe("a"); } }
        void anyDigits(String c) { isDigits(c); }
        void parsed(String c) { try { Long.parseLong(c); } catch (NumberFormatException e) { Stop.go("a"); } }
        void unparsed(String c) { try { Long.parseLong(c); } catch (NumberFormatException e) { Stop.maybe("a"); } }
        boolean isDigits(String c) { for (int i = c.length(); --i >= 0;) { int d = c.charAt(i); if (d < 48 || d > 57) { return false; } } return true; }
        boolean isLetters(String c) { for (int i = c.length() - 1; i >= 0; i--) { if (!(c.charAt(i) >= 'a' && 'z' >= c.charAt(i))) { return false; } } return true; }
        boolean isWord(String c) { for (int i = 0; i < c.length(); i++) { char d = c.charAt(i); if (!((d >= '0' && d <= '9') || (d >= 'A' && d <= 'Z'))) { return false; } } return true; }
        boolean isSigned(String c) { for (int i = c.length(); --i >= 0;) { int d = c.charAt(i); if (d < 39 || d > 57) { return false; } } return true; }
        boolean isFirst(String c) { for (int i = 0; i < c.length(); i++) { char d = c.charAt(i); if (d < '0' || d > '9') { return i > 0; } } return true; }
        boolean isBelow(String c) { for (int i = 0; i < c.length(); i++) { char d = c.charAt(i); if (d > '9') { return false; } } return true; }
        private String allowed = ".jpg.png,gif"; String set; static final String SCRIPTS = "jsp,png"; String bare(String c) { return c.startsWith("a_") ? c.substring(2) : c; }
        void bareDigits(String c) { if (!isDigits(bare(c))) { Stop.go("a"); } }
        """;

    private static IReadOnlyList<FoundFlow> Found(string weakness, string body) => [.. FlowCase.Run([("src/T.java", $$"""
        {{FlowCase.Head}} import org.springframework.web.multipart.MultipartFile;
        {{Beside}}
        @RestController class T { Statement st; {{Members}} @PostMapping("/a") void q(MultipartFile f, String p) throws Exception { {{body}} } }
        """)]).Found.Where(f => FlowCase.Apis.Weaknesses[f.Weakness].Id == weakness)];

    [Theory]
    [InlineData("mostlyDigits(p);", "onlyDigits(p);")]
    [InlineData("anyDigits(p);", "onlyDigits(p);")]
    [InlineData("unparsed(p);", "parsed(p);")]
    [InlineData("if (!isSigned(p)) { Stop.go(p); }", "if (!isDigits(p)) { Stop.go(p); }")]
    [InlineData("if (!isFirst(p)) { return; }", "if (!isLetters(p)) { return; }")]
    [InlineData("if (!isBelow(p)) { return; }", "if (!isWord(p)) { return; }")]
    [InlineData("if (!p.matches(\"[a-z]+\")) { Stop.maybe(p); }", "if (!p.matches(\"[a-z]+\")) { Stop.go(p); }")]
    [InlineData("try { if (!p.matches(\"[a-z]+\")) { Stop.go(p); } } catch (IllegalArgumentException e) { }", "try { if (!p.matches(\"[a-z]+\")) { Stop.go(p); } } catch (IllegalArgumentException e) { return; }")]
    public void A_method_that_only_throws_ends_the_way(string bad, string good)
    {
        Assert.Single(Found("sql", $"{bad} st.executeQuery(\"select \" + p);"));
        Assert.Empty(Found("sql", $"{good} st.executeQuery(\"select \" + p);"));
    }

    private const string Save = "f.transferTo(new File(\"/d/\" + UUID.randomUUID() + s));";

    [Theory]
    [InlineData("String n = f.getOriginalFilename(); if (n.isEmpty() || !n.endsWith(\".ttf\")) { Stop.maybe(n); } String s = n.substring(n.lastIndexOf(\".\"));", "String n = f.getOriginalFilename(); if (n.isEmpty() || !n.endsWith(\".ttf\")) { Stop.go(n); } String s = n.substring(n.lastIndexOf(\".\"));")]
    [InlineData("String n = f.getOriginalFilename(); String s = n.substring(n.lastIndexOf(\".\") + 1); if (SCRIPTS.indexOf(s) == -1) { return; }", "String n = f.getOriginalFilename(); String s = n.substring(n.lastIndexOf(\".\") + 1); if (allowed.indexOf(s) == -1) { return; }")]
    [InlineData("String n = f.getOriginalFilename(); String s = n.substring(n.lastIndexOf(\".\") + 1); if (allowed.contains(s)) { st.close(); }", "String n = f.getOriginalFilename(); String s = n.substring(n.lastIndexOf(\".\") + 1); if (!allowed.contains(s)) { return; }")]
    public void An_ending_that_was_checked_runs_nowhere(string bad, string good)
    {
        Assert.Single(Found("upload", bad + Save));
        Assert.Empty(Found("upload", good + Save));
    }

    /// <summary>Nobody knows what stands in the text.</summary>
    [Fact]
    public void A_list_somebody_sets_leaves_a_doubt()
    {
        const string ending = "String n = f.getOriginalFilename(); String s = n.substring(n.lastIndexOf(\".\") + 1);";
        Assert.True(Assert.Single(Found("upload", $"{ending} if (!set.contains(s)) {{ return; }} {Save}")).IsDoubted);
        Assert.False(Assert.Single(Found("upload", $"{ending} if (!n.contains(s)) {{ return; }} {Save}")).IsDoubted);
    }

    /// <summary>What was checked is a piece that another method cut out: nobody knows what that says of the whole.</summary>
    [Fact]
    public void A_check_of_a_piece_leaves_a_doubt()
    {
        Assert.True(Assert.Single(Found("path", "bareDigits(p); new FileOutputStream(\"/d/\" + p);")).IsDoubted is false);
        Assert.True(Assert.Single(Found("path", "validateCode(p); new FileOutputStream(\"/d/\" + p); } void validateCode(String c) { if (!isDigits(bare(c))) { Stop.go(\"a\"); }")).IsDoubted);
    }
}
