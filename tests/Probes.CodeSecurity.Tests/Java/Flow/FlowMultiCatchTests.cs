namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Several types in one handler: the text may be that of any of them.</summary>
public sealed class FlowMultiCatchTests
{
    [Theory]
    [InlineData("ServiceException | IOException", true)]
    [InlineData("IOException | ServiceException", true)]
    [InlineData("org.apache.shiro.authz.UnauthorizedException | IOException", true)]
    [InlineData("ServiceException | OtherException", false)]
    [InlineData("ServiceException", false)]
    [InlineData("IOException", true)]
    public void The_one_that_says_most_counts(string types, bool told)
    {
        foreach (var body in new[] { "run();", "if (n > 1) { throw new ServiceException(\"a\"); } run();" })
        {
            var code = $$"""
                {{FlowCase.Head}}
                class ServiceException extends RuntimeException { ServiceException(String m) { super(m); } }
                class OtherException extends RuntimeException { OtherException(String m) { super(m); } }
                @RestController class C { com.lib.Runner lib; void run() throws IOException { lib.run(); } @GetMapping("/a") public String q(int n) { try { {{body}} return "a"; } catch ({{types}} e) { return e.getMessage(); } } }
                """;
            if (types != "IOException" || body == "run();")
            {
                Assert.Equal(told, FlowCase.Ids(FlowCase.Run([("src/C.java", code)])).Contains("leak"));
            }
        }
    }
}
