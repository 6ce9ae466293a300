namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Methods that other programs or requests call because a file of settings says so, and no annotation.</summary>
public sealed class OpenedTypesTests
{
    private const string Code = """
        package a; import java.sql.*;
        interface Books { int find(String n) throws Exception; }
        class BooksImpl implements Books { Statement s; public int find(String n) throws Exception { return s.executeUpdate("delete from b where n='" + n + "'"); } }
        """;

    private static IReadOnlyList<string> Found(string markup, string code = Code) => FlowCase.Ids(FlowCase.Run([("src/T.java", code)], [("conf/a.xml", markup)]));

    [Theory]
    [InlineData("""<beans><dubbo:service interface="a.Books" ref="books" version="1"/></beans>""")]
    [InlineData("""<beans><hsf:provider id="x" interface = 'a.Books' ref="books"></hsf:provider></beans>""")]
    [InlineData("""<beans><sofa:service interface="a.Books" ref="books"><sofa:binding.bolt/></sofa:service></beans>""")]
    [InlineData("""<beans><bean class="org.springframework.remoting.caucho.HessianServiceExporter"><property name="service"><bean class="a.BooksImpl"/></property><property name="serviceInterface" value="a.Books"/></bean></beans>""")]
    [InlineData("""<beans><bean name="/b" class="org.springframework.remoting.httpinvoker.HttpInvokerServiceExporter"><property name="serviceInterface"><value> a.Books </value></property></bean></beans>""")]
    [InlineData("""<beans><bean class="org.springframework.remoting.rmi.RmiServiceExporter" p:serviceInterface="a.Books"/></beans>""")]
    [InlineData("""<beans><bean class="com.alibaba.dubbo.config.spring.ServiceBean"><property name="interface" value="a.Books"/></bean></beans>""")]
    [InlineData("""<beans><jaxws:endpoint id="b" implementor="a.BooksImpl" address="/b"/></beans>""")]
    [InlineData("""<beans><bean id="books" class="a.BooksImpl"/><jaxws:endpoint implementor="#books" address="/b"/></beans>""")]
    [InlineData("""<beans><jaxws:endpoint implementor="#booksImpl" address="/b"/></beans>""")]
    [InlineData("""<beans><jaxws:server serviceClass="a.Books" address="/b"/></beans>""")]
    [InlineData("""<beans><service><name>b</name><serviceClass>a.Books</serviceClass></service></beans>""")]
    [InlineData("""<serviceGroup><service name="b"><parameter name="ServiceClass" locked="false">a.BooksImpl</parameter></service></serviceGroup>""")]
    [InlineData("""<dwr><allow><create creator="new" javascript="B"><param name="class" value="a.BooksImpl"/></create></allow></dwr>""")]
    [InlineData("""<dwr><allow><create creator="spring" javascript="B"><param name="beanName" value="booksImpl"/></create></allow></dwr>""")]
    public void What_settings_open_is_given_foreign_input(string markup) => Assert.Equal(["sql"], Found(markup));

    [Theory]
    [InlineData("""<beans><bean id="books" class="a.BooksImpl"/></beans>""")]
    [InlineData("""<beans><dubbo:reference id="books" interface="a.Books"/></beans>""")]
    [InlineData("""<beans><!-- <dubbo:service interface="a.Books" ref="books"/> --></beans>""")]
    [InlineData("""<beans><dubbo:service interface="a.Other" ref="books"/></beans>""")]
    [InlineData("""<beans><bean class="org.springframework.remoting.caucho.HessianProxyFactoryBean"><property name="serviceInterface" value="a.Books"/></bean></beans>""")]
    [InlineData("""<beans><bean class="a.X"><property name="serviceInterface" value="a.Books"/></bean></beans>""")]
    [InlineData("""<beans><bean class="x.HessianServiceExporter"/><bean class="a.X"><property name="serviceInterface" value="a.Books"/></bean></beans>""")]
    [InlineData("""<settings><service interface="a.Books"/></settings>""")]
    public void What_they_do_not_open_is_not(string markup) => Assert.Empty(Found(markup));

    private const string Plain = """
        package a; import java.sql.*;
        class BookAction { Statement s; private String n; public void setN(String n) { this.n = n; } public String list() throws Exception { s.executeQuery("select " + n); return "ok"; } }
        """;

    /// <summary>An action needs to be of no type.</summary>
    [Theory]
    [InlineData("""<struts><package name="p"><action name="b" class="a.BookAction" method="list"><result>/b.jsp</result></action></package></struts>""")]
    [InlineData("""<!DOCTYPE struts PUBLIC "-//x//DTD" "http://x/struts.dtd"><struts><package><action name="*_*" class="a.{1}Action" method="{2}"/></package></struts>""")]
    [InlineData("""<struts><package><action name="b" class="bookAction"/></package></struts>""")]
    [InlineData("""<xwork><package><action name="b" class="a.BookAction"/></package></xwork>""")]
    public void Actions_are_filled_by_requests(string markup) => Assert.Equal(["sql"], Found(markup, Plain));

    [Theory]
    [InlineData("""<struts><package><action name="b" class="a.OtherAction"/></package></struts>""")]
    [InlineData("""<struts><package><action name="*" class="b.{1}Action"/></package></struts>""")]
    [InlineData("""<struts><package><action name="*" class="{1}"/></package></struts>""")]
    [InlineData("""<struts-config><action-mappings><action path="/b" type="a.BookAction"/></action-mappings></struts-config>""")]
    public void Other_classes_are_not(string markup) => Assert.Empty(Found(markup, Plain));

    /// <summary>Nothing of it needs to be well formed.</summary>
    [Fact]
    public void Broken_markup_ends()
    {
        var random = new Random(20261128);
        var whole = """<beans><bean class="x.HessianServiceExporter"><property name="serviceInterface"><value>a.Books</value></property></bean><dubbo:service interface="a.Books"/><struts><action class="{}{"/></struts></beans>""";
        for (var i = 0; i < 2000; i++)
        {
            var (from, length) = (random.Next(whole.Length), random.Next(20));
            var text = whole.Remove(from, Math.Min(length, whole.Length - from)).Insert(random.Next(whole.Length / 2), "<>\"'{}/:"[random.Next(8)].ToString());
            _ = new OpenedTypes([("a.xml", text)], null).Of("a.Books").ToList();
        }
    }
}
