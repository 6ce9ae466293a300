namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Runs flows over programs with pages.</summary>
internal static class PageCase
{
    private const string Head = "package a; import java.util.*; import javax.servlet.http.*; import org.springframework.ui.*; import org.springframework.web.servlet.ModelAndView; import org.springframework.web.bind.annotation.*; import org.springframework.stereotype.Controller;";

    /// <summary>A class with a field, to be shown.</summary>
    public const string User = "package a; public class User { private String name; private int age; public String getName() { return name; } public void setName(String n) { name = n; } public int getAge() { return age; } public String getTitle() { return \"x\"; } }";

    /// <param name="body">Of a method of a controller with <c>p</c>, a parameter of the request, and a model <c>m</c>.</param>
    /// <param name="page">The page <c>user/view</c>.</param>
    public static IReadOnlyList<string> Controller(string body, string page, string ending, params (string Path, string Text)[] more) =>
        Of([.. more, ("src/C.java", $"{Head} @Controller class C {{ @GetMapping(\"/x\") public String q(String p, Model m, HttpServletRequest r, HttpServletResponse w) throws Exception {{ {body} }} }}"), ("src/User.java", User), ($"web/WEB-INF/templates/user/view.{ending}", page)]);

    /// <summary>A page that is asked for by itself.</summary>
    public static IReadOnlyList<string> Page(string page, string ending = "jsp", params (string Path, string Text)[] more) => Of([.. more, ($"web/view.{ending}", page)]);

    public static IReadOnlyList<string> Of(IEnumerable<(string Path, string Text)> files)
    {
        var (result, pages) = Run(files);
        Assert.All(pages.All, p => Assert.Empty(p.Unknown));
        return FlowCase.Ids(result);
    }

    public static (FlowResult Result, JavaPages Pages) Run(IEnumerable<(string Path, string Text)> files, Dictionary<string, string>? properties = null)
    {
        var (parser, all) = (new JavaParser(), files.ToList());
        var texts = new SortedDictionary<string, string>(all.Where(f => !f.Path.EndsWith(".java", StringComparison.Ordinal)).ToDictionary(f => f.Path, f => f.Text), StringComparer.Ordinal);
        var pages = JavaPages.Of(texts, properties ?? [], CancellationToken.None);
        var units = all.Where(f => f.Path.EndsWith(".java", StringComparison.Ordinal)).Select(f => (f.Path, parser.Parse(f.Text))).Concat(pages.All.Select(p => (p.Path, parser.Parse(p.Java)))).ToList();
        Assert.All(units, u => Assert.True(u.Item2.Gaps.IsEmpty, u.Path + Environment.NewLine + pages.All.FirstOrDefault(p => p.Path == u.Path)?.Java));
        var program = new JavaProgram(units, FlowCase.Apis, properties ?? []) { Views = pages.Views };
        return (pages.Written(FlowAnalysis.Run(program, [])), pages);
    }
}
