namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>A page that prints an exception tells something only where one comes to it.</summary>
public sealed class PageFillingTests
{
    private const string Page = "<%@ page contentType=\"text/html\" %>\n<% Exception e = (Exception) request.getAttribute(\"ex\"); %>\n<p><%= e.getMessage() %></p>\n";
    private const string OfContainer = "<%@ page isErrorPage=\"true\" %>\n<p><%= exception.getMessage() %></p>\n";
    private const string Imports = "import javax.servlet.http.*; import org.springframework.stereotype.*; import org.springframework.web.bind.annotation.*; ";
    private const string Controller = Imports + "@Controller class C { @GetMapping(\"/a\") String q() { return \"a\"; } }";

    private static string Base(string body) => Imports + $"class Base {{ @ExceptionHandler String on(HttpServletRequest r, Exception e) {{ r.setAttribute(\"ex\", e); {body} }} }}";

    private static List<CodeDefect> Seen(params (string Path, string Text)[] files) => [.. FlowDefectsTests.Analyze(files).Seen.Where(d => d.RuleId == "JT-LEAK")];

    private static void Is(bool isSure, List<CodeDefect> seen)
    {
        var defect = Assert.Single(seen);
        Assert.Equal(isSure ? (CodeConfidence.High, false) : (CodeConfidence.Low, true), (defect.Confidence, defect.IsForPeople));
        Assert.Equal(!isSure, defect.Message.Contains("没有看到本模块的代码把异常交给这个页面", StringComparison.Ordinal));
    }

    private static (string, string) Shown(string name = "error.jsp", string module = "w", string text = Page) => ($"{module}/src/main/webapp/WEB-INF/jsp/{name}", text);

    [Theory]
    [InlineData("return \"/error.jsp\";", true)]
    [InlineData("return \"error\";", true)]
    [InlineData("return \"other\";", false)]
    public void A_handler_names_the_page_it_fills(string body, bool isSure) => Is(isSure, Seen(Shown(), ("w/src/main/java/Base.java", Base(body).Replace("class Base", "@Controller class Base", StringComparison.Ordinal))));

    [Theory]
    [InlineData("class D extends Base { @GetMapping(\"/b\") String q() { return \"b\"; } }", true)]
    [InlineData("class D { @GetMapping(\"/b\") String q() { return \"b\"; } }", false)]
    [InlineData("class D extends Base { }", false)]
    public void A_handler_of_another_program_fills_pages_of_those_that_inherit_it(string own, bool isSure) =>
        Is(isSure, Seen(Shown(), ("common/src/main/java/Base.java", Base("return \"/error.jsp\";")), ("w/src/main/java/D.java", Imports + own)));

    [Theory]
    [InlineData(Controller, true)]
    [InlineData("class D { }", false)]
    public void Advice_of_another_program_needs_something_that_throws(string own, bool isSure) =>
        Is(isSure, Seen(Shown(), ("common/src/main/java/Base.java", Base("return \"/error.jsp\";").Replace("class Base", "@ControllerAdvice class Base", StringComparison.Ordinal)), ("w/src/main/java/C.java", own)));

    [Theory]
    [InlineData("@org.apache.shiro.authz.annotation.RequiresPermissions(\"a\")", true)]
    [InlineData("", false)]
    public void Who_never_asks_for_a_right_never_tells_of_a_missing_one(string asks, bool isSure) => Is(isSure, Seen(
        Shown("403.jsp"),
        ("w/src/main/java/D.java", Imports + $"@Controller class D extends Base {{ @GetMapping(\"/b\") {asks} String q() {{ return \"b\"; }} }}"),
        ("common/src/main/java/Base.java", Base("if (e instanceof UnauthorizedException) { return \"/403.jsp\"; } return \"/error.jsp\";"))));

    [Theory]
    [InlineData(Controller, "/WEB-INF/jsp/error.jsp", true)]
    [InlineData(Controller, "/WEB-INF/jsp/404.jsp", true)]
    [InlineData("class D { }", "/WEB-INF/jsp/error.jsp", false)]
    public void The_container_shows_its_own_page_where_something_may_throw(string own, string location, bool isSure) => Is(isSure, Seen(
        Shown(text: OfContainer), ("w/src/main/java/C.java", own), ("w/src/main/webapp/WEB-INF/web.xml", $"<web-app><error-page><exception-type>java.lang.Throwable</exception-type><location>{location}</location></error-page></web-app>")));

    [Theory]
    [InlineData("/WEB-INF/jsp/error.jsp", true)]
    [InlineData("/WEB-INF/jsp/404.jsp", false)]
    public void Settings_name_the_page_of_the_container(string location, bool isSure) => Is(isSure, Seen(
        Shown(text: OfContainer.Replace(" isErrorPage=\"true\"", "", StringComparison.Ordinal)), ("w/src/main/java/C.java", Controller), ("w/src/main/webapp/WEB-INF/web.xml", $"<web-app><error-page><error-code>500</error-code><location>{location}</location></error-page></web-app>")));

    [Fact]
    public void A_resolver_in_settings_names_the_page() => Is(true, Seen(
        Shown(), ("w/src/main/java/C.java", Controller), ("w/src/main/resources/mvc.xml", "<beans><bean class=\"org.springframework.web.servlet.handler.SimpleMappingExceptionResolver\"><property name=\"exceptionMappings\"><props><prop key=\"java.lang.Exception\">error</prop></props></property></bean></beans>")));

    /// <summary>What a page catches itself comes to it.</summary>
    [Fact]
    public void A_page_that_catches_needs_nobody() => Is(true, Seen(Shown(text: "<% try { com.lib.S.run(); } catch (Exception e) { out.print(e.getMessage()); } %>"), ("w/src/main/java/C.java", Controller)));

    [Fact]
    public void Copies_of_a_page_are_one_defect_told_where_it_is_sure()
    {
        var defect = Assert.Single(Seen(
            Shown(module: "a"), Shown(module: "b"), Shown(module: "c"), ("b/src/main/java/Base.java", Base("return \"/error.jsp\";").Replace("class Base", "@Controller class Base", StringComparison.Ordinal))));
        Assert.Equal(("b/src/main/webapp/WEB-INF/jsp/error.jsp", 3, CodeConfidence.High), (defect.File, defect.Line, defect.Confidence));
        Assert.Contains("另有 2 个内容相同的文件（a/src/main/webapp/WEB-INF/jsp/error.jsp、c/src/main/webapp/WEB-INF/jsp/error.jsp）", defect.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_that_differ_are_told_apart()
    {
        var web = ("web/src/main/java/Base.java", Base("return \"/error.jsp\";").Replace("class Base", "@Controller class Base", StringComparison.Ordinal));
        Assert.Equal(2, Seen(Shown(module: "a"), Shown(module: "b", text: Page + "<hr/>"), web).Count);
    }
}
