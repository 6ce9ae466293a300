using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What only old versions of a library do harm with.</summary>
public sealed class LibraryVersionTests
{
    private const string Code = "import com.alibaba.fastjson.*; import org.springframework.web.bind.annotation.*;\n@RestController class A { @PostMapping(\"/a\") Object a(@RequestBody String b) { return JSON.parseObject(b); } }\n";

    private static string Pom(string version, string properties = "") =>
        $"<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><properties>{properties}</properties><dependencies><dependency><groupId>com.alibaba</groupId><artifactId>fastjson</artifactId><version>{version}</version></dependency></dependencies></project>";

    [Theory]
    [InlineData("1.2.47", CodeConfidence.High)]
    [InlineData("1.2.83", null)]
    [InlineData("1.2.83_noneautotype", null)]
    [InlineData("2.0.58", null)]
    public void The_version_of_the_manifest_decides(string version, CodeConfidence? told)
    {
        Assert.Equal(told, Told(("A.java", Code), ("pom.xml", Pom(version))));
        Assert.Equal(told, Told(("A.java", Code), ("pom.xml", Pom("${fastjson.version}", $"<fastjson.version>{version}</fastjson.version>"))));
        Assert.Equal(told, Told(("A.java", Code), ("build.gradle", $"dependencies {{\n    implementation 'com.alibaba:fastjson:{version}'\n}}\n")));
        Assert.Equal(told, Told(("A.java", Code), ($"web/WEB-INF/lib/fastjson-{version}.jar", "PK")));
    }

    [Theory]
    [InlineData("1.2.47", CodeConfidence.High)]
    [InlineData("1.2.48", null)]
    [InlineData("1.2.80", null)]
    public void A_type_that_is_asked_for_is_a_limit_since_a_version(string version, CodeConfidence? told) =>
        Assert.Equal(told, Told(("A.java", Code.Replace("parseObject(b)", "parseObject(b, A.class)", StringComparison.Ordinal)), ("pom.xml", Pom(version))));

    [Fact]
    public void Of_several_modules_the_oldest_counts() =>
        Assert.Equal(CodeConfidence.High, Told(("a/A.java", Code), ("a/pom.xml", Pom("2.0.58")), ("b/pom.xml", Pom("1.2.47"))));

    [Fact]
    public void Without_a_version_it_is_suspected_only()
    {
        Assert.Equal(CodeConfidence.Low, Told(("A.java", Code)));
        Assert.Equal(CodeConfidence.Low, Told(("A.java", Code), ("pom.xml", Pom("${nobody.knows}"))));
    }

    [Theory]
    [InlineData("class S { static { com.alibaba.fastjson.parser.ParserConfig.getGlobalInstance().setSafeMode(true); } }", null)]
    [InlineData("class S { static { com.alibaba.fastjson.parser.ParserConfig.getGlobalInstance().setSafeMode(false); } }", CodeConfidence.High)]
    [InlineData("class S { static {\n // ParserConfig.getGlobalInstance().setSafeMode(true);\n } }", CodeConfidence.High)]
    public void What_is_switched_off_does_no_harm(string text, CodeConfidence? told) =>
        Assert.Equal(told, Told(("A.java", Code), ("S.java", text), ("pom.xml", Pom("1.2.68"))));

    private static CodeConfidence? Told(params (string Path, string Text)[] files)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        return new JavaTreeAnalysis(FlowCase.Tables).Run(folder.Path, CancellationToken.None)!.Seen.Where(d => d.RuleId == "JT-DESER").Select(d => (CodeConfidence?)d.Confidence).FirstOrDefault();
    }
}
