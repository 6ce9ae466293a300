using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Of a line too long to show a stretch is cut out, and no cut brings a secret to light.</summary>
public sealed class FlowTextsTests
{
    [Fact]
    public void A_cut_inside_of_a_literal_does_not_turn_quotes_inside_out()
    {
        const string Line = "User made = new User(\"an account of the portal that is made for whoever comes along\").setRemark(\"for all\").setSource(\"portal\").setPassword(\"Hunter2xyz\"), request.getParameter(\"name\"));";
        for (var at = 0; at < Line.Length; at++)
        {
            Assert.DoesNotContain("Hunter2", Code(Line, at)?.Text ?? "", StringComparison.Ordinal);
        }

        var code = Code(Line, Line.IndexOf("getParameter", StringComparison.Ordinal))!;
        Assert.Equal("getParameter", code.Text.Substring(code.Mark!.Value, code.Length));
    }

    [Fact]
    public void No_secret_is_shown_wherever_it_stands_and_whatever_is_the_piece()
    {
        var random = new Random(20261127);
        string[] pieces = ["x.", "call(a, b)", "\"some text\"", "\"it's said\"", "'\"'", "'\\''", "\"a \\\" b\"", " + ", "/* it's \" */", "\"\"", " ? b : c", "of(\"http://a/b\")", "\"select a from t where n = '\"", "'c'", "{ }", "long_name_of_something", "\"don't\""];
        string[] secrets = ["setPassword(\"{0}\")", "token(x, \"{0}\")", "\"{0}\" + password", "/* password {0} */", "put(\"pwd\", \"{0}\")", "q(\"insert into u(password) values ('a', '{0}')\")", "salt(\"a \\\" {0}\")"];
        for (var round = 0; round < 3000; round++)
        {
            var secret = string.Create(CultureInfo.InvariantCulture, $"{new[] { "changeme", "Hunterxyz", "letmein" }[random.Next(3)]}{random.Next(10_000)}");
            string Filling() => string.Join(random.Next(2) == 0 ? " " : "+", Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var line = $"{Filling()} {string.Format(CultureInfo.InvariantCulture, secrets[random.Next(secrets.Length)], secret)} {Filling()}";
            var code = Code(line, random.Next(line.Length));
            Assert.False(code?.Text.Contains(secret[..6], StringComparison.Ordinal) == true, $"{line}\n→ {code?.Text}");
        }
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\'')]
    [InlineData('x')]
    public void A_line_of_a_megabyte_costs_little_for_each_of_many_pieces(char filling)
    {
        var line = string.Concat(Enumerable.Repeat($"{filling}\\", 500_000));
        var texts = new FlowTexts(Sources(line));
        Assert.Null(texts.Code(new CodePlace("A.java", 1000), isSecret: false));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.All(Enumerable.Range(0, 2000), i => Assert.Null(texts.Code(new CodePlace("A.java", 1000 + (i * 7)), isSecret: false)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, line.Length);
        Assert.InRange(texts.Line(new CodePlace("A.java", 1000)).Length, 1, 64 * 1024);
        Assert.NotNull(Code(line[..60_000], 50_000));
    }

    private static StepCode? Code(string line, int at) => new FlowTexts(Sources(line)).Code(new CodePlace("A.java", at), isSecret: false);

    private static JavaSources Sources(string line)
    {
        SortedDictionary<string, string> none = new(StringComparer.Ordinal);
        return new JavaSources(new SortedDictionary<string, string>(StringComparer.Ordinal) { ["A.java"] = line }, none, none, [], [], [], IsWhole: true);
    }
}
