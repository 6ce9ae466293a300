using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Paths that a library only makes where they stay below a directory.</summary>
public sealed class FlowBelowTwinTests
{
    private const string Files = "cn.hutool.core.io.FileUtil";

    [Theory]
    [InlineData($"{Files}.del({Files}.file(p));", $"{Files}.del({Files}.file(\"/d\", p));")]
    [InlineData($"{Files}.del({Files}.file(p, \"a.txt\"));", $"{Files}.del({Files}.file(new File(\"/d\"), \"a\", p));")]
    [InlineData($"new FileInputStream({Files}.file(new File(\"/d\", p), \"a.txt\"));", $"new FileInputStream({Files}.file({Files}.file(\"/d\", p), \"a.txt\"));")]
    [InlineData($"new File(\"/d\", p).listFiles();", $"{Files}.file(\"/d\", p).listFiles();")]
    [InlineData($"{Files}.file(p, p).delete();", $"File f = {Files}.file(\"/d\", \"x\" + p); f.delete();")]
    [InlineData($"{Files}.file(\"/d\", p); new File(p).delete();", $"String f = {Files}.file(\"/d\", p).getAbsolutePath(); new File(f).delete();")]
    public void What_is_made_below_a_directory_stays_there(string bad, string good)
    {
        Assert.Contains("path", FlowCase.Body(bad));
        Assert.DoesNotContain("path", FlowCase.Body(good));
    }

    [Fact]
    public void The_ending_of_an_upload_is_open_as_before() =>
        Assert.Contains("upload", FlowCase.Ids(FlowCase.Run([("src/C.java", $$"""
            {{FlowCase.Head}} import org.springframework.web.multipart.MultipartFile;
            @RestController class C { @PostMapping("/a") void a(MultipartFile f) throws Exception { f.transferTo({{Files}}.file("/d", f.getOriginalFilename())); } }
            """)])));

    [Theory]
    [InlineData("4.4.1", true)]
    [InlineData("5.8.34", false)]
    [InlineData("${nobody.knows}", false)]
    public void Versions_that_are_not_known_to_check_do_not_help(string version, bool told)
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.java", $"import org.springframework.web.bind.annotation.*; @RestController class A {{ @PostMapping(\"/a\") void a(@RequestBody String b) {{ {Files}.file(\"/d\", b).delete(); }} }}");
        folder.Write("pom.xml", $"<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies><dependency><groupId>cn.hutool</groupId><artifactId>hutool-all</artifactId><version>{version}</version></dependency></dependencies></project>");
        Assert.Equal(told, new JavaTreeAnalysis(FlowCase.Tables).Run(folder.Path, CancellationToken.None)!.Seen.Any(d => d.RuleId == "JT-PATH"));
    }
}
