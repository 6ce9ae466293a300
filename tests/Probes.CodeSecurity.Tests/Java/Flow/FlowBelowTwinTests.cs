namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of which classes a call on a type with several above and below it may go to.</summary>
public sealed class FlowBelowTwinTests
{
    private const string Imports = "import java.util.*; import java.sql.*; import org.springframework.stereotype.*; import org.springframework.beans.factory.annotation.*; import org.springframework.web.bind.annotation.*; ";

    private static IReadOnlyList<string> Ids(string program) => FlowCase.Ids(FlowCase.Run([("src/T.java", Imports + program)]));

    private const string Base = "interface Base<E> { Statement st(); default void save(E e) throws Exception { store(e); } default void store(E e) throws Exception { st().execute(\"a\" + e); } } ";
    private const string Users = "interface Users extends Base<String> { } @Service class UsersOf implements Users { Statement s; public Statement st() { return s; } public void store(String e) throws Exception { s.execute(e); } } ";
    private const string Roles = "interface Roles extends Base<String> { void other(); } ";

    private static IReadOnlyList<string> Asked(string types, string call = "roles.save(p);") =>
        Ids($"{Base}{Users}{Roles}{types} @RestController class C {{ Roles roles; Users users; @GetMapping(\"/a\") void in(String p) throws Exception {{ {call} }} }}");

    /// <summary>What other services do with the step is no way of a service that does it on its own.</summary>
    [Theory]
    [InlineData("public void store(String e) throws Exception { s.execute(e); }", "public void store(String e) { }")]
    [InlineData("public void store(String e) { } public void save(String e) throws Exception { s.execute(e); }", "public void save(String e) { }")]
    [InlineData("", "public void save(String e) { } public void store(String e) { }")]
    [InlineData("public void store(Integer e) { }", "public void store(String e) { }")]
    [InlineData("public void store(String e) throws Exception { Roles.super.store(e); }", "public void store(String e) { e.length(); }")]
    public void A_step_of_one_service(string bad, string good)
    {
        var of = (string steps) => $"@Service class RolesOf implements Roles {{ Statement s; public Statement st() {{ return s; }} public void other() {{ }} {steps} }}";
        Assert.Equal(["sql"], Asked(of(bad)));
        Assert.Empty(Asked(of(good)));
        Assert.Equal(["sql"], Asked(of(good), "users.save(p);"));
        Assert.Equal(["sql"], Asked(of(good), "Base<String> b = p.length() > 3 ? roles : users; b.save(p);"));
    }

    /// <summary>Others may be of the type too, whose steps nobody made anew.</summary>
    [Theory]
    [InlineData("@Service class Second implements Roles { Statement s; public Statement st() { return s; } public void other() { } }")]
    [InlineData("class Made { Roles r = new Roles() { Statement s; public Statement st() { return s; } public void other() { } }; }")]
    [InlineData("@com.lib.Remote interface More extends Roles { }")]
    public void Who_else_is_of_the_type(string more)
    {
        const string Own = "@Service class RolesOf implements Roles { Statement s; public Statement st() { return s; } public void other() { } public void store(String e) { } } ";
        Assert.Equal(["sql"], Asked(Own + more));
        Assert.Empty(Asked(Own));
    }

    /// <summary>Code can stand for an interface that leaves one step open.</summary>
    [Fact]
    public void Code_that_stands_for_an_interface()
    {
        var run = (string open) => Ids($"interface Job {{ void go(); {open} default void run(Statement s, String p) throws Exception {{ s.execute(p); }} }} class Own implements Job {{ public void go() {{ }} public void more() {{ }} public void run(Statement s, String p) {{ }} }} @RestController class C {{ Statement s; Job job; @GetMapping(\"/a\") void in(String p) throws Exception {{ job.run(s, p); }} }}");
        Assert.Equal(["sql"], run(""));
        Assert.Empty(run("void more();"));
    }

    /// <summary>Steps of a class above go to what the class below them does, however far between.</summary>
    [Fact]
    public void A_step_below_an_open_class()
    {
        var run = (string own) => Ids($"abstract class Base {{ Statement s; public void run(String p) throws Exception {{ step(p); }} protected void step(String p) throws Exception {{ s.execute(p); }} }} abstract class Open extends Base {{ abstract void other(); }} @Service class One extends Open {{ void other() {{ }} {own} }} @Service class Two extends Open {{ void other() {{ }} protected void step(String p) {{ }} }} @Service class Far extends Base {{ }} @RestController class C {{ Open open; @GetMapping(\"/a\") void in(String p) throws Exception {{ open.run(p); }} }}");
        Assert.Equal(["sql"], run(""));
        Assert.Empty(run("protected void step(String p) { }"));
    }
}
