namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of what a call means: which methods it goes to, and whether what comes back is what went in.</summary>
public sealed class FlowMeaningTwinTests
{
    private const string Head = "package a; import java.io.*; import java.util.*; import java.sql.*; import javax.servlet.http.*; import org.springframework.web.bind.annotation.*; import org.springframework.jdbc.core.JdbcTemplate;\n";

    [Theory]
    [InlineData("lib.normalize(p)", "com.lib.Texts lib;", true)]
    [InlineData("lib.getText(p)", "com.lib.Texts lib;", true)]
    [InlineData("com.lib.Util.format(p)", "", true)]
    [InlineData("lib.readValue(p)", "com.lib.JsonMapper lib;", true)]
    [InlineData("lib.getForm(p)", "com.lib.ObjectMapper lib;", true)]
    [InlineData("lib.mapToDto(p)", "com.lib.UserMapper lib;", true)]
    [InlineData("lib.getBytes(p)", "com.lib.Texts lib;", true)]
    [InlineData("lib.normalize(p)", "Norm lib; interface Norm { String normalize(String x); }", true)]
    [InlineData("lib.getText(p)", "Norm lib; interface Norm { String getText(String x); }", true)]
    [InlineData("lib.clean(p)", "NameService lib; interface NameService { String clean(String x); }", true)]
    [InlineData("new com.lib.Store(p).get(1)", "", true)]
    [InlineData("lib.selectOne(p)", "com.lib.UserMapper lib;", false)]
    [InlineData("lib.getById(p)", "com.lib.Users lib;", false)]
    [InlineData("lib.findOneForJdbc(\"select 1 where a = ?\", p)", "com.lib.UserDao lib;", false)]
    [InlineData("lib.get(p)", "com.lib.UserCache lib;", false)]
    [InlineData("lib.find(p)", "UserDao lib; interface UserDao { String find(String key); }", false)]
    [InlineData("lib.getUser(p)", "UserService lib; interface UserService { String getUser(String key); }", false)]
    [InlineData("lib.queryByName(p)", "Users lib; interface Users { String queryByName(String key); }", false)]
    [InlineData("userMapper.selectOne(p)", "com.lib.UserMapper userMapper;", false)]
    [InlineData("lib.login(p).getPath()", "me.zhyd.oauth.request.AuthRequest lib;", false)]
    public void What_lies_under_a_key_is_not_the_key(string call, string field, bool isBad)
    {
        // Paths are told of what a stranger chooses only, statements of what was put away too.
        var path = FlowCase.Of($"{field} public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {{ String p = r.getParameter(\"p\"); new FileInputStream(\"/data/\" + {call}); }}");
        Assert.Equal(isBad ? ["path"] : [], path);
        var found = FlowCase.Run([("src/T.java", $"{Head} class T extends HttpServlet {{ Statement st; {field} public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {{ String p = r.getParameter(\"p\"); st.executeQuery(\"x\" + {call}); }} }}")]).Found;
        Assert.Equal(isBad ? Model.FlowTrust.Remote : Model.FlowTrust.Stored, Assert.Single(found).Trust);
    }

    [Theory]
    [InlineData("interface I { Object q(String s); } class B { JdbcTemplate t; public Object q(String s) { return t.queryForList(s); } } class D extends B implements I { }", true)]
    [InlineData("interface I { Object q(String s); } class B { JdbcTemplate t; public Object q(Integer s) { return t.queryForList(\"x\" + s); } } class D extends B implements I { public Object q(String s) { return null; } }", false)]
    [InlineData("interface J { Object q(String s); } interface I extends J { } abstract class B implements J { JdbcTemplate t; public Object q(final String s) { return t.queryForList(s); } } class M extends B { } class D extends M implements I { }", true)]
    [InlineData("interface I { Object q(String s); } class B { JdbcTemplate t; public Object q(String s) { return t.queryForList(s); } } class D extends B implements I { public Object q(String s) { return null; } }", false)]
    [InlineData("interface I { Object q(String s); } abstract class B<X> { JdbcTemplate t; public Object q(X s) { return t.queryForList(\"\" + s); } } class D extends B<String> implements I { }", true)]
    [InlineData("interface I { Object q(String s); } abstract class B implements I { JdbcTemplate t; Object q(StringBuilder s) { return t.queryForList(\"\" + s); } } class D extends B { public Object q(String s) { return null; } }", false)]
    [InlineData("interface I<X> { Object q(X s); } class D implements I<String> { JdbcTemplate t; public Object q(String s) { return t.queryForList(s); } }", true)]
    [InlineData("interface I { Object q(String s); } class D implements I { JdbcTemplate t; public Object q(String s) { return s; } public static Object q(StringBuilder s) { return new JdbcTemplate().queryForList(\"\" + s); } }", false)]
    public void Only_what_overrides_is_called_and_what_is_inherited_too(string types, bool isBad)
    {
        var found = FlowCase.Run([("src/A.java", $"{Head}{types} @RestController class C {{ I d; @GetMapping(\"/a\") int a(String s) {{ d.q(\"x\" + s); return 1; }} }}")]);
        Assert.Equal(isBad ? ["sql"] : [], FlowCase.Ids(found));
    }

    [Theory]
    [InlineData("class S extends Gen<D> { Object q(String s) { return mapper.q(s); } }", true)]
    [InlineData("class S extends Gen<E> { Object q(String s) { return mapper.q(s); } }", false)]
    [InlineData("class S extends Gen<D> { Object q(String s) { return getMapper().q(s); } }", true)]
    [InlineData("class S extends Gen<E> { Object q(String s) { return getMapper().q(s); } }", false)]
    [InlineData("class S extends Mid<E, D> { Object q(String s) { return this.mapper.q(s); } }", true)]
    [InlineData("class S extends Mid<D, E> { Object q(String s) { return this.mapper.q(s); } }", false)]
    [InlineData("class S extends com.baomidou.mybatisplus.extension.service.impl.ServiceImpl<D, E> { Object q(String s) { return baseMapper.q(s); } }", true)]
    [InlineData("class S extends Plus<D> { Object q(String s) { return this.baseMapper.q(s); } }", true)]
    [InlineData("class S extends Plus<D> { Object q(String s) { return getBaseMapper().q(s); } }", true)]
    [InlineData("class S extends Plus<E> { Object q(String s) { return this.getBaseMapper().q(s); } }", false)]
    public void Variables_of_types_above_stand_for_what_the_head_says(string service, bool isBad)
    {
        const string types = "class D { JdbcTemplate t; Object q(String s) { return t.queryForList(s); } } class E { Object q(String s) { return null; } } abstract class Gen<T> { protected T mapper; T getMapper() { return mapper; } } abstract class Mid<X, Y> extends Gen<Y> { } class Plus<M> extends com.baomidou.mybatisplus.extension.service.impl.ServiceImpl<M, Object> { } ";
        var found = FlowCase.Run([("src/A.java", $"{Head}{types}{service} @RestController class C {{ S d; @GetMapping(\"/a\") int a(String s) {{ d.q(\"x\" + s); return 1; }} }}")]);
        Assert.Equal(isBad ? ["sql"] : [], FlowCase.Ids(found));
    }

    [Theory]
    [InlineData("write(w.getWriter(), p); } void write(PrintWriter o, String s) { o.println(s); }", true)]
    [InlineData("write(new PrintWriter(new StringWriter()), p); } void write(PrintWriter o, String s) { o.println(s); }", false)]
    [InlineData("write(w.getWriter(), \"a\"); } void write(Writer o, String s) throws IOException { o.write(s); }", false)]
    [InlineData("write(w.getWriter(), p); } void write(Writer o, String s) throws IOException { o.write(s); }", true)]
    [InlineData("out = w.getWriter(); write(p); } PrintWriter out; void write(String s) { out.println(s); }", true)]
    [InlineData("out = new PrintWriter(new StringWriter()); write(p); } PrintWriter out; void write(String s) { out.println(s); }", false)]
    [InlineData("new Page(w.getWriter()).write(p); } static class Page { final PrintWriter out; Page(PrintWriter out) { this.out = out; } void write(String s) { out.println(s); } }", true)]
    public void A_writer_of_a_page_is_one_in_other_methods_too(string body, bool isBad) =>
        Assert.Equal(isBad ? ["xss"] : [], FlowCase.Body(body[..^1], string.Empty));

    [Fact]
    public void Declarations_of_a_library_in_the_tree_mean_what_the_tables_say()
    {
        const string stubs = "package javax.servlet.http; public interface HttpServletRequest { String getParameter(String n); String getMethod(); }";
        const string statement = "package java.sql; public interface Statement { int executeUpdate(String s); }";
        static string Use(string what) => $"package a; import javax.servlet.http.*; import java.sql.*; class A {{ Statement s; void q(HttpServletRequest r) throws Exception {{ s.executeUpdate(\"x\" + r.{what}); }} }}";
        static IReadOnlyList<string> Run(string what) => FlowCase.Ids(FlowCase.Run([("stub/HttpServletRequest.java", stubs), ("stub/Statement.java", statement), ("src/A.java", Use(what))]));
        Assert.Equal(["sql"], Run("getParameter(\"a\")"));
        Assert.Empty(Run("getMethod()"));
    }

    [Fact]
    public void What_a_constant_of_another_class_is_made_of_stands_in_its_file()
    {
        const string holder = "package a;\n\n\nclass Holder { static final int PIN = new java.util.Random().nextInt(10); }";
        const string user = "package a; class User { String a() { return \"x\" + Holder.PIN; } void aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa() { } }";
        Assert.All(FlowCase.Run([("src/User.java", user), ("src/Holder.java", holder)]).Found, f => Assert.Equal("src/Holder.java", f.Site.File));
    }
}
