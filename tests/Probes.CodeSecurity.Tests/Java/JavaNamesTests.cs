namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class JavaNamesTests
{
    private static readonly JavaTypes Types = Tree(
        """
        package web;
        import java.util.*; import javax.servlet.http.*; import data.UserMapper; import shared.*; import static shared.Base.Kind;
        public class Login extends Base implements Api {
            class Inner extends Deep { }
            static class UserDao { }
            void call(String a) { } void call(String a, int b) { } void call(int... rest) { }
            public void run() { }
        }
        """,
        "package web; interface Api { void run(); default void stop(int n) { } } class Neighbour { class Far { } }",
        "package data; public interface UserMapper { }",
        "package shared; public class Base implements Runnable { public static class Deep { } enum Kind { A } void inherited() { } public void run() { } }",
        "package shared; class Late extends web.Login { public void run() { } }",
        "package odd; class A extends B { } class B extends A { void m() { } } class C extends C.D { class D extends C { } }");

    [Theory]
    [InlineData("Login", "web.Login")]
    [InlineData("Inner", "web.Login.Inner")]
    [InlineData("Login.Inner", "web.Login.Inner")]
    [InlineData("Deep", "shared.Base.Deep")]
    [InlineData("Login.Deep", "shared.Base.Deep")]
    [InlineData("UserMapper", "data.UserMapper")]
    [InlineData("UserDao", "web.Login.UserDao")]
    [InlineData("Neighbour.Far", "web.Neighbour.Far")]
    [InlineData("Base", "shared.Base")]
    [InlineData("data.UserMapper", "data.UserMapper")]
    [InlineData("java.sql.Connection", "java.sql.Connection")]
    [InlineData("HttpServletRequest", "java.util.HttpServletRequest javax.servlet.http.HttpServletRequest java.lang.HttpServletRequest")]
    [InlineData("Map.Entry", "java.util.Map.Entry javax.servlet.http.Map.Entry java.lang.Map.Entry")]
    public void A_name_means_what_its_place_says(string name, string meanings)
    {
        var login = Types.Find("web.Login")!;
        Assert.Equal(meanings, string.Join(' ', Types.Meanings(login.Unit, login, name)));
    }

    [Fact]
    public void Types_know_those_above_and_below_them()
    {
        var inheritance = Types.Inheritance;
        Assert.Equal(["shared.Base", "web.Api"], inheritance.Supertypes(Types.Find("web.Login")!).AsEnumerable());
        Assert.Equal(["web.Login", "shared.Late"], inheritance.Descendants("shared.Base").Select(t => t.FullName));
        Assert.Contains("shared.Base", inheritance.Descendants("java.lang.Runnable").Select(t => t.FullName));
        Assert.Equal(["odd.B"], inheritance.Ancestors(Types.Find("odd.A")!).Select(t => t.FullName));
        Assert.InRange(inheritance.Ancestors(Types.Find("odd.C")!).Length, 0, 1);
    }

    [Fact]
    public void A_chain_of_heads_that_need_each_other_is_given_up_and_counted()
    {
        const int many = 20_000;
        var types = Tree([.. Enumerable.Range(0, many).Select(i => $"class A{i} extends A{i + 1}.I {{ }}")]);
        Assert.NotEmpty(types.Inheritance.Supertypes(types.Find("A0")!));
        Assert.Equal(1, types.Inheritance.GivenUp);
    }

    private static JavaTypes Tree(params string[] texts)
    {
        var parser = new JavaParser();
        return new JavaTypes(texts.Select((text, i) => ($"src/F{i}.java", parser.Parse(text))).ToList());
    }
}
